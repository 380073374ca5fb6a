import { isMessage, type DownPayload, type LogEntry, type Since } from "@parley/protocol";
import type { RoomEvent } from "../../events.ts";
import type { CachedRoom } from "../../storage/room-cache.ts";
import { tell } from "../machine/effect.ts";
import { step, type Step } from "../machine/step.ts";
import {
  afterDrop,
  cursorAt,
  hasHole,
  precededBy,
  reachesTo,
  sinceOf,
  take,
  type LogCursor,
  type LogWindow,
} from "./log-cursor.ts";

/** A restored room that missed more entries than this is shown from its end instead. */
export const RESTORED_BEHIND_MAX = 1_000;

/** The state of the room's log as it was shown. */
export type Log =
  /** The cache is being read; the join waits for it. */
  | { readonly is: "restoring" }
  /** Nothing was shown yet. */
  | { readonly is: "empty" }
  /** The cached part is shown; the server has not said yet whether the log continues from there. */
  | { readonly is: "restored"; readonly cursor: LogCursor }
  | {
      readonly is: "shown";
      readonly cursor: LogCursor;
      readonly behind: Behind | undefined;
    }
  /** What was shown is no longer the log; the next window replaces it (SPEC R5). */
  | { readonly is: "diverged" };

/** Connected again after a drop; some missed entries are not shown yet. */
interface Behind {
  /** The last `seq` that was missed. */
  readonly head: number;
  /** How many missed messages are shown by now. */
  readonly messages: number;
}

type WindowEvent = Extract<RoomEvent, { type: "window" }>;

/** A window that replaces what was shown. */
export interface NewWindow {
  readonly is: "window";
  readonly window: LogWindow;
  readonly why: WindowEvent["why"];
}

/** What was shown is no longer part of the log: join again for a new window (SPEC R5). */
interface Reset {
  readonly is: "reset";
}

/** Entries were taken; `fresh` are those to show now. */
export interface Applied {
  readonly is: "applied";
  readonly log: Step<Log>;
  readonly fresh: readonly LogEntry[];
}

/** Shows a window: the log starts again with its entries. */
export function showWindow({ window, why }: NewWindow): Step<Log> {
  const { entries, truncatedBefore } = window;
  const log: Log = { is: "shown", cursor: cursorAt(window), behind: undefined };
  return step(log, tell(windowEvent({ entries, why }, truncatedBefore)));
}

function windowEvent(
  fields: Pick<WindowEvent, "entries" | "why">,
  truncatedBefore: number | undefined,
): WindowEvent {
  const trimmed = truncatedBefore === undefined ? {} : { truncatedBefore };
  return { type: "window", ...fields, ...trimmed };
}

/** The window event for a new listener; none before something is shown. */
export function windowEvents(log: Log): readonly WindowEvent[] {
  if (log.is !== "shown" && log.is !== "restored") return [];
  const { recent, truncatedBefore } = log.cursor;
  return [windowEvent({ entries: recent, why: "first" }, truncatedBefore)];
}

/** The cached room as a window. */
export function windowOf({ epoch, seq, entries, truncatedBefore }: CachedRoom): NewWindow {
  return { is: "window", window: { epoch, head: seq, entries, truncatedBefore }, why: "first" };
}

/** What is shown came from the cache. */
export function restored(log: Log): Log {
  return log.is === "shown" ? { is: "restored", cursor: log.cursor } : log;
}

/** What the cache may store of the log; undefined if nothing is shown that can be trusted. */
export function restorable(log: Log): Omit<CachedRoom, "people"> | undefined {
  if (log.is !== "shown") return undefined;
  const { epoch, seq, recent, truncatedBefore } = log.cursor;
  const trimmed = truncatedBefore === undefined ? {} : { truncatedBefore };
  return { epoch, seq, entries: recent, ...trimmed };
}

/** The last `seq` that was shown; 0 if none was. */
export function lastShown(log: Log): number {
  return "cursor" in log ? log.cursor.seq : 0;
}

/** Up to where the log was shown, for the next join (SPEC R1). */
export function shownSince(log: Log): Since | undefined {
  return "cursor" in log ? sinceOf(log.cursor) : undefined;
}

/**
 * Decides what a `joined` means for what was shown (SPEC R1, R5).
 * @returns `resumed`: the log continues; `tooFar`: it would, but too many entries are missing
 */
export function resume(
  log: Log,
  payload: DownPayload<"joined">,
): { readonly is: "resumed"; readonly log: Log } | { readonly is: "tooFar" } | NewWindow {
  const { epoch, head, recovered, missed } = payload;
  const goesOn =
    recovered && "cursor" in log && epoch === log.cursor.epoch && head >= log.cursor.seq;
  if (!goesOn) return { is: "window", window: payload, why: whyNewWindow(log, payload) };
  if (log.is === "restored" && missed > RESTORED_BEHIND_MAX) return { is: "tooFar" };
  const before = log.is === "shown" ? log.behind : undefined;
  // After a second drop meanwhile, listeners still want the sum.
  const behind = { messages: before?.messages ?? 0, head };
  return { is: "resumed", log: { is: "shown", cursor: reachesTo(log.cursor, head), behind } };
}

function whyNewWindow(
  log: Log,
  { epoch, truncatedBefore }: DownPayload<"joined">,
): WindowEvent["why"] {
  if (log.is === "empty") return "first";
  const isTrimmed =
    "cursor" in log &&
    epoch === log.cursor.epoch &&
    truncatedBefore !== undefined &&
    truncatedBefore > log.cursor.seq + 1;
  return isTrimmed ? "truncated" : "reset";
}

/** Takes entries, live or from a page: shows those that come next, and holds the rest (SPEC R4). */
export function takeEntries(log: Log, entries: readonly LogEntry[]): Applied | Reset {
  if (log.is !== "shown") return { is: "applied", log: step(log), fresh: [] };
  const taken = take(log.cursor, entries);
  if (taken.is === "reset") return taken;
  const { cursor, fresh } = taken;
  const behind = log.behind && withFresh(log.behind, fresh);
  const isBack = behind !== undefined && cursor.seq >= behind.head;
  const next = step<Log>(
    { is: "shown", cursor, behind: isBack ? undefined : behind },
    ...(fresh.length > 0 ? [tell({ type: "entries", entries: fresh })] : []),
    ...(isBack ? [tell({ type: "caught-up", fresh: behind.messages })] : []),
  );
  return { is: "applied", log: next, fresh };
}

/** Adds to the count the messages among `entries` that came before the join. */
function withFresh({ head, messages }: Behind, entries: readonly LogEntry[]): Behind {
  const missed = entries.filter((entry) => isMessage(entry) && entry.payload.seq <= head);
  return { head, messages: messages + missed.length };
}

/** Takes a page that a reader requested. It may lie just before the remembered entries. */
export function reachBack(log: Log, page: DownPayload<"history">): Log {
  if (log.is !== "shown" || page.epoch !== log.cursor.epoch) return log;
  const cursor = precededBy(log.cursor, page.entries);
  return cursor === log.cursor ? log : { ...log, cursor };
}

/**
 * Decides what a page means that was requested to fill a hole (SPEC R4).
 * @returns `none`: the hole is gone; `empty`: the entries are not there yet
 */
export function fillHole(
  log: Log,
  page: DownPayload<"history">,
):
  | { readonly is: "none" | "empty" }
  | { readonly is: "entries"; readonly entries: readonly LogEntry[] }
  | NewWindow
  | Reset {
  if (log.is !== "shown") return { is: "none" };
  const { cursor } = log;
  if (page.epoch !== cursor.epoch) return { is: "reset" };
  if ((page.truncatedBefore ?? 0) > cursor.seq + 1) {
    // What is missing was trimmed meanwhile, so it cannot be fetched any more.
    const window = { ...page, head: Math.max(cursor.known, page.head) };
    return { is: "window", window, why: "truncated" };
  }
  return page.entries.length === 0 ? { is: "empty" } : { is: "entries", entries: page.entries };
}

/** The last `seq` before the hole, if there is one. */
export function holeAfter(log: Log): number | undefined {
  return log.is === "shown" && hasHole(log.cursor) ? log.cursor.seq : undefined;
}

/** After a drop, only what was shown is certain. */
export function interrupted(log: Log): Log {
  return log.is === "shown" ? { ...log, cursor: afterDrop(log.cursor) } : log;
}
