import { CloseCode, isMessage, type LogEntry } from "@parley/protocol";
import type { Moment } from "../clock.ts";
import type { CachedRoom } from "../storage/room-cache.ts";
import { afterClose, connect, dropped, joining } from "./connection/connection.ts";
import { joinFrame } from "./connection/identity.ts";
import * as log from "./log/log.ts";
import { rejectAll } from "./log/pages.ts";
import {
  acknowledge,
  failItem,
  inFlight,
  interrupted,
  removeShown,
  tooLarge,
} from "./outbox/send-queue.ts";
import { notTyping, noTypists, without } from "./presence/typing.ts";
import { noSettings, settingsAfter } from "./settings/settings.ts";
import { andThen, step } from "./machine/step.ts";
import { withSlice, type SessionState, type SessionStep } from "./state.ts";

/** Opens a connection if there is none, and ends any wait for it. */
export function reconnect(session: SessionState, now: number): SessionStep {
  return withSlice(session, "connection", connect(session.connection, now));
}

/**
 * Gives up the connection and waits before the next one.
 * @param atLeast the wait that the server asked for, in ms
 */
export function giveUp(session: SessionState, moment: Moment, atLeast?: number): SessionStep {
  const connection = dropped(session.connection, moment, atLeast);
  return andThen(step({ ...session, connection }, { do: "drop", how: "lost" }), disconnect);
}

/** The connection was closed with this code (SPEC, "Close codes"). */
export function onClosed(session: SessionState, code: number, moment: Moment): SessionStep {
  const next = { ...session, connection: afterClose(session.connection, code, moment) };
  const flying = code === CloseCode.tooLarge ? inFlight(session.queue) : undefined;
  if (!flying) return disconnect(next);
  // The frame will not become smaller, so the next connection continues without it.
  const failed = failItem(session.queue, flying, tooLarge(flying.id));
  return andThen(withSlice(next, "queue", failed), disconnect);
}

/** Joins again for a new window: what was shown is no longer part of the log (SPEC R5). */
export function resetLog(session: SessionState, moment: Moment): SessionStep {
  return giveUp({ ...session, log: { is: "diverged" } }, moment);
}

/** Drops the state of the old connection; pending entries and what was shown stay. */
export function disconnect(session: SessionState): SessionStep {
  const lost = {
    code: "unavailable",
    message: "The connection went away.",
    temporary: true,
  } as const;
  const left: SessionState = {
    ...session,
    log: log.interrupted(session.log),
    queue: interrupted(session.queue),
    typists: noTypists,
    ownTyping: notTyping,
  };
  return withSlice(left, "pages", rejectAll(session.pages, lost));
}

/** The connection is open: sends the join, once it is known up to where the log was shown. */
export function onOpened(session: SessionState): SessionStep {
  const { connection } = session;
  if (connection.is !== "opening") return step(session);
  const open: SessionState = { ...session, connection: { ...connection, is: "opened" } };
  return session.log.is === "restoring" ? step(open) : join(open);
}

/**
 * Shows the room from the cache, and continues from there (SPEC R1). A late answer of the cache is
 * shown, too, unless a join was sent without it: a slow device that is offline has nothing else to
 * show.
 */
export function onRestored(session: SessionState, cached: CachedRoom | undefined): SessionStep {
  const { is } = session.connection;
  const isJoinSent = is === "joining" || is === "joined";
  const isLate = session.log.is === "empty" && !isJoinSent;
  if (session.log.is !== "restoring" && !isLate) return step(session);
  const empty: SessionState = { ...session, log: { is: "empty" } };
  if (!cached) return join(empty);
  const { people, settings = noSettings.settings, seq } = cached;
  const known: SessionState = { ...empty, people, settings: { settings, seq } };
  const shown = showWindow(known, log.windowOf(cached));
  const restored = andThen(shown, (session) =>
    step({ ...session, log: log.restored(session.log) }),
  );
  return andThen(restored, join);
}

function join(session: SessionState): SessionStep {
  const { connection, slowJoins, roomId, identity } = session;
  if (connection.is !== "opened") return step(session);
  const frame = joinFrame(roomId, identity, log.shownSince(session.log));
  const next = { ...session, connection: joining(connection, slowJoins) };
  return step(next, { do: "send", frame });
}

/** Shows a window: the log starts again with its entries. */
export function showWindow(session: SessionState, window: log.NewWindow): SessionStep {
  const shown = withSlice(session, "log", log.showWindow(window));
  const found = andThen(shown, (session) => acknowledged(session, window.window.entries));
  // A new window has no missing entries to wait for.
  return andThen(found, (session) =>
    step({
      ...session,
      queue: removeShown(session.queue, Infinity),
      settings: settingsAfter(session.settings, window.window.entries),
    }),
  );
}

/** Takes entries, live or from a page: shows those that come next, and holds the rest (SPEC R4). */
export function takeEntries(
  session: SessionState,
  entries: readonly LogEntry[],
  moment: Moment,
): SessionStep {
  return andThen(acknowledged(session, entries), (session) => {
    const taken = log.takeEntries(session.log, entries);
    return taken.is === "reset" ? resetLog(session, moment) : show(session, taken);
  });
}

function show(session: SessionState, { log: shown, fresh }: log.Applied): SessionStep {
  const authors = fresh.filter(isMessage).map(({ payload }) => payload.from.id);
  const next: SessionState = {
    ...session,
    queue: removeShown(session.queue, log.lastShown(shown.state)),
    settings: settingsAfter(session.settings, fresh),
    typists: without(session.typists, authors),
  };
  return withSlice(next, "log", shown);
}

/** Own entries among these are in the log: the outbox drops them (SPEC D1, D5). */
export function acknowledged(session: SessionState, entries: readonly LogEntry[]): SessionStep {
  const { people, queue } = session;
  if (!people) return step(session);
  const lastShown = log.lastShown(session.log);
  return withSlice(session, "queue", acknowledge(queue, entries, people.self.id, lastShown));
}
