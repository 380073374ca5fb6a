import type { DownPayload, LogEntry } from "@parley/protocol";
import { rested } from "../backoff.ts";
import type { Moment } from "../clock.ts";
import type { RoomEvent } from "../events.ts";
import { distrust } from "./cut-off.ts";
import { tell } from "./effect.ts";
import { cursorAt, precededBy, take, type LogCursor, type LogWindow } from "./log-cursor.ts";
import { putOffHole } from "./pages.ts";
import { acknowledge, settle } from "./sender.ts";
import { andThen, step, type Behind, type Session, type Step } from "./state.ts";
import { without } from "./typists.ts";

type Why = Extract<RoomEvent, { type: "window" }>["why"];

/** Shows a window: the log starts anew with its entries. */
export function showWindow(session: Session, window: LogWindow, why: Why): Step {
  const { entries, truncatedBefore } = window;
  const log = { is: "shown", cursor: cursorAt(window), behind: undefined } as const;
  const trimmed = truncatedBefore === undefined ? {} : { truncatedBefore };
  const shown = step({ ...session, log }, tell({ type: "window", entries, why, ...trimmed }));
  const found = andThen(shown, (session) => acknowledged(session, entries));
  // In a new window nothing is left to wait for.
  return andThen(found, (session) =>
    step({ ...session, sender: settle(session.sender, Infinity) }),
  );
}

/** Takes entries, live or from a page: shows what comes next, and holds the rest (SPEC R4). */
export function takeEntries(session: Session, entries: readonly LogEntry[], moment: Moment): Step {
  const known = acknowledged(session, entries);
  const { log } = known.session;
  if (log.is !== "shown") return known;
  const taken = take(log.cursor, entries);
  if (taken.is === "reset") return andThen(known, (session) => distrust(session, moment));
  return andThen(known, (session) => show(session, taken.cursor, taken.fresh));
}

function show(session: Session, cursor: LogCursor, fresh: readonly LogEntry[]): Step {
  if (session.log.is !== "shown") return step(session);
  const behind = session.log.behind && withThese(session.log.behind, fresh);
  const isBack = behind !== undefined && cursor.seq >= behind.head;
  const authors = fresh.flatMap(({ type, payload }) => (type === "chat" ? [payload.from.id] : []));
  const shown: Session = {
    ...session,
    log: { is: "shown", cursor, behind: isBack ? undefined : behind },
    sender: settle(session.sender, cursor.seq),
    typists: without(session.typists, authors),
  };
  return step(
    shown,
    ...(fresh.length > 0 ? [tell({ type: "entries", entries: fresh })] : []),
    ...(isBack ? [tell({ type: "caught-up", fresh: behind.messages })] : []),
  );
}

/** Counts the messages among these that came before the join. */
function withThese({ head, messages }: Behind, entries: readonly LogEntry[]): Behind {
  const missed = entries.filter(({ type, payload }) => type === "chat" && payload.seq <= head);
  return { head, messages: messages + missed.length };
}

/** What of ours is among these entries is in the log: the outbox forgets it (SPEC D1, D5). */
export function acknowledged(session: Session, entries: readonly LogEntry[]): Step {
  if (!session.people) return step(session);
  const { log } = session;
  const { sender, landed } = acknowledge(session.sender, entries, session.people.self.id);
  const settled = settle(sender, "cursor" in log ? log.cursor.seq : 0);
  return step(
    { ...session, sender: settled },
    ...landed.map((id) => ({ do: "forget", id }) as const),
  );
}

/** Takes a page that a reader asked for: it may lie just before what is remembered. */
export function reachBack(session: Session, page: DownPayload<"history">): Step {
  const { log } = session;
  if (log.is !== "shown" || page.epoch !== log.cursor.epoch) return step(session);
  const cursor = precededBy(log.cursor, page.entries);
  return step(cursor === log.cursor ? session : { ...session, log: { ...log, cursor } });
}

/** Takes a page that was fetched to fill a hole (SPEC R4). */
export function fillHole(session: Session, page: DownPayload<"history">, moment: Moment): Step {
  const { log } = session;
  if (log.is !== "shown") return step(session);
  if (page.epoch !== log.cursor.epoch) return distrust(session, moment);
  const known = Math.max(log.cursor.known, page.head);
  if ((page.truncatedBefore ?? 0) > log.cursor.seq + 1) {
    // What is missing was trimmed meanwhile: nobody can bring it any more.
    return showWindow(session, { ...page, head: known }, "truncated");
  }
  if (page.entries.length === 0) {
    return step({ ...session, pages: putOffHole(session.pages, 0, moment) });
  }
  const next = { ...session, pages: { ...session.pages, holeBackoff: rested } };
  return takeEntries(next, page.entries, moment);
}
