import { unreachable } from "@parley/protocol";
import type { Moment } from "../clock.ts";
import type { CachedRoom } from "../storage/room-cache.ts";
import type { OutboxRecords } from "../storage/room-outbox.ts";
import type { Goodbye } from "../transports/transport.ts";
import { changeEvents } from "./change-events.ts";
import { connectionDue, connectNow, end, received, wake } from "./connection/connection.ts";
import { rename } from "./connection/identity.ts";
import { onFrame } from "./frames.ts";
import { holeAfter, restorable } from "./log/log.ts";
import { overdue, pagesDue, queued, sendRequests } from "./log/pages.ts";
import {
  amend,
  discard,
  loaded,
  retry,
  stored,
  uploaded,
  write,
} from "./outbox/outbox-commands.ts";
import { isUnanswered, lacksLock, lockChanged, queueDue, sendNext } from "./outbox/send-queue.ts";
import { syncUploads } from "./outbox/uploads.ts";
import {
  messageWritten,
  ownTypingDue,
  setTyping,
  stillTyping,
  typistsDue,
} from "./presence/typing.ts";
import type { Effect } from "./machine/effect.ts";
import type { Input, ReaderRequest } from "./machine/input.ts";
import { andThen, step } from "./machine/step.ts";
import { withSlice, type SessionState, type SessionStep } from "./state.ts";
import {
  acknowledged,
  disconnect,
  giveUp,
  onClosed,
  onOpened,
  onRestored,
  reconnect,
} from "./transitions.ts";

/**
 * The whole client as a pure state machine: inputs in, effects out, in order. Events follow the
 * status and people changes that they belong to, and come before what is sent.
 */
export function react(session: SessionState, input: Input, moment: Moment): SessionStep {
  const handled = handle(session, input, moment);
  const after = andThen(handled, (session) => send(session, moment.now));
  const { first, last } = changeEvents(session, after.state);
  const request: Effect[] = needsLock(session, after.state, input)
    ? [{ do: "requestSendLock" }]
    : [];
  return { state: after.state, effects: [...first, ...after.effects, ...last, ...request] };
}

/**
 * An entry of this tab could be sent now if it held the lock, and it was just written, or the room
 * was just joined, or the page was just looked at. Entries of another tab are left to that tab.
 */
function needsLock(
  before: SessionState,
  { connection, queue }: SessionState,
  input: Input,
): boolean {
  if (connection.is !== "joined" || !lacksLock(queue)) return false;
  if (input.type === "stored" || input.type === "wake") return true;
  return before.connection.is !== "joined" || !before.queue.isLoaded;
}

/** Sends what can be sent now: in the room, and with no other of its kind in flight. */
function send(session: SessionState, now: number): SessionStep {
  if (session.connection.is !== "joined") return step(session);
  const { queue } = session;
  const sent = andThen(sendNext(queue, now), (queue) =>
    queue.holdsLock && queue.isLoaded ? syncUploads(queue) : step(queue),
  );
  return andThen(withSlice(session, "queue", sent), (session) => {
    const { pages, log, namesAnswers } = session;
    return withSlice(session, "pages", sendRequests(pages, holeAfter(log), namesAnswers, now));
  });
}

function handle(session: SessionState, input: Input, moment: Moment): SessionStep {
  const { now } = moment;
  const { connection, queue } = session;
  switch (input.type) {
    case "opened":
      return onOpened(session);
    case "frame":
      return onFrame(session, input.frame, moment);
    case "unknownFrame":
      return step({ ...session, connection: received(connection, now) });
    case "closed":
      return onClosed(session, input.code, moment);
    case "restored":
      return onRestored(session, input.cached);
    case "loaded":
      return onRecords({ ...session, queue: loaded(queue, input.records) }, input.records);
    case "stored": {
      const next = { ...session, queue: stored(queue, input.record, input.records) };
      return onRecords(next, input.records);
    }
    case "unkept":
      return step({ ...session, isUnkept: true });
    case "uploaded":
      return withSlice(session, "queue", uploaded(queue, input.id, input.refusal));
    case "sendLock":
      return withSlice(session, "queue", lockChanged(queue, input.isHeld));
    case "tick":
      return onTick(session, moment);
    case "wake":
      return withSlice(session, "connection", wake(connection, now));
    case "connect":
      return withSlice(session, "connection", connectNow(connection, now));
    case "end":
      return onEnd(session, input.how);
    case "write":
      return onWrite(session, input, now);
    case "retry":
      return withSlice(session, "queue", retry(queue, input.id));
    case "discard":
      return withSlice(session, "queue", discard(queue, input, now));
    case "amend":
      return withSlice(session, "queue", amend(queue, input.id, input.message));
    case "typing":
      return onOwnTyping(session, input.on, now);
    case "rename": {
      const current = connection.is === "joined" ? session.people?.self.name : undefined;
      return withSlice(session, "identity", rename(session.identity, input, current));
    }
    case "history":
      return onHistory(session, input.request);
    default:
      return unreachable(input);
  }
}

/** This tab may have shown an entry of another tab before that tab removed it from the outbox. */
function onRecords(session: SessionState, records: OutboxRecords): SessionStep {
  const { log } = session;
  return records && "cursor" in log ? acknowledged(session, log.cursor.recent) : step(session);
}

function onWrite(
  session: SessionState,
  { id, frame }: Extract<Input, { type: "write" }>,
  now: number,
): SessionStep {
  const { ownTyping, queue } = session;
  const next = {
    ...session,
    ownTyping: frame.type === "chat" ? messageWritten(ownTyping) : ownTyping,
  };
  return withSlice(next, "queue", write(queue, id, frame, now));
}

function onEnd(session: SessionState, how: Goodbye): SessionStep {
  const { state, effects } = end(session.connection, how);
  return andThen(disconnect({ ...session, connection: state }), (session) =>
    step(session, ...effects),
  );
}

/** Reports typing as often as allowed. */
function onOwnTyping(session: SessionState, on: boolean, now: number): SessionStep {
  if (session.connection.is !== "joined") return step(session);
  return withSlice(session, "ownTyping", setTyping(session.ownTyping, on, now));
}

/** Outside the room nobody would answer, so the reader is refused at once. */
function onHistory(session: SessionState, request: ReaderRequest): SessionStep {
  const next = { ...session, pages: queued(session.pages, request) };
  return session.connection.is === "joined" ? step(next) : disconnect(next);
}

/** Time passed: ends what took too long, and does what was delayed. */
function onTick(session: SessionState, moment: Moment): SessionStep {
  const { connection, queue, pages, ownTyping } = session;
  const { now } = moment;
  const isOver = (time: number | undefined) => (time ?? Infinity) <= now;
  if (connection.is === "waiting") {
    return isOver(connectionDue(connection)) ? reconnect(session, now) : step(session);
  }
  if (isOver(pages.answerBy)) return giveUp({ ...session, pages: overdue(pages) }, moment);
  if (connection.is === "joining" && isOver(connection.giveUpAt)) {
    return giveUp({ ...session, slowJoins: session.slowJoins + 1 }, moment);
  }
  // Without an answer in time, it is unknown whether the sent entry arrived (SPEC D4).
  const isUnheard = isUnanswered(queue, now);
  if (isOver(connectionDue(connection)) || isUnheard) return giveUp(session, moment);
  const next: SessionState = { ...session, typists: stillTyping(session.typists, now) };
  return isOver(ownTypingDue(ownTyping)) ? onOwnTyping(next, ownTyping.wanted, now) : step(next);
}

/** When the session must be looked at next, in ms since 1970; undefined for never. */
export function due(session: SessionState): number | undefined {
  const { connection, queue, pages, typists, ownTyping, namesAnswers } = session;
  const inRoom =
    connection.is === "joined"
      ? [
          queueDue(queue),
          pagesDue(pages, namesAnswers),
          typistsDue(typists),
          ownTypingDue(ownTyping),
        ]
      : [];
  const times = [connectionDue(connection), ...inRoom].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** What a next visit may restore; undefined if nothing is shown that can be trusted. */
export function cacheable({ log, people, settings }: SessionState): CachedRoom | undefined {
  const shown = restorable(log);
  const set = settings.settings.size > 0 ? { settings: settings.settings } : {};
  return shown && people && { ...shown, people, ...set };
}
