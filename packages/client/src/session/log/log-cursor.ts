import type { LogEntry, Since } from "@parley/protocol";

/** How many live entries wait behind a hole. More are dropped and fetched again. */
export const HELD_ENTRIES_MAX = 1_000;
/**
 * How many last entries are kept: to detect another `id` at the same `seq`, for late listeners, and
 * for the next visit.
 */
export const RECENT_ENTRIES_MAX = 500;

/** Up to where the log was shown. */
export interface LogCursor {
  readonly epoch: string;
  /** The `seq` of the last entry that was shown. */
  readonly seq: number;
  /** The last entries that were shown, the one at `seq` last. */
  readonly recent: readonly LogEntry[];
  /** Entries beyond a hole, contiguous among themselves. */
  readonly held: readonly LogEntry[];
  /** The highest `seq` that is known to exist. */
  readonly known: number;
  /** The first `seq` that is kept, if the log was trimmed. */
  readonly truncatedBefore: number | undefined;
}

/** A part of the log that can be shown without what came before. */
export interface LogWindow {
  readonly epoch: string;
  readonly head: number;
  readonly entries: readonly LogEntry[];
  readonly truncatedBefore?: number | undefined;
}

/** The result of taking entries: those that can be shown now, or a reset. */
export type Taken =
  | { readonly is: "applied"; readonly cursor: LogCursor; readonly fresh: readonly LogEntry[] }
  /** Another `id` at a `seq` that was shown: the log cannot be continued (SPEC R5). */
  | { readonly is: "reset" };

/** A cursor at the end of a window. */
export function cursorAt({ epoch, head, entries, truncatedBefore }: LogWindow): LogCursor {
  const recent = entries.slice(-RECENT_ENTRIES_MAX);
  const seq = recent.at(-1)?.payload.seq ?? head;
  return { epoch, seq, recent, held: [], known: Math.max(seq, head), truncatedBefore };
}

/** Keeps the entries before the first kept one, if there is space for them. */
export function precededBy(cursor: LogCursor, entries: readonly LogEntry[]): LogCursor {
  const { recent } = cursor;
  const room = RECENT_ENTRIES_MAX - recent.length;
  const joins = entries.at(-1)?.payload.seq === (recent[0]?.payload.seq ?? 0) - 1;
  return joins && room > 0 ? { ...cursor, recent: [...entries.slice(-room), ...recent] } : cursor;
}

/** What `join` says about the end of our copy (SPEC R1). */
export function sinceOf({ epoch, seq, recent }: LogCursor): Since {
  const id = recent.at(-1)?.payload.id;
  return { epoch, seq, ...(id === undefined ? {} : { id }) };
}

/** Whether entries are known to exist that cannot be shown yet. */
export function hasHole({ known, seq }: LogCursor): boolean {
  return known > seq;
}

/** The server says that the log goes up to `head`. */
export function reachesTo(cursor: LogCursor, head: number): LogCursor {
  return head > cursor.known ? { ...cursor, known: head } : cursor;
}

/** After a drop, only what was shown is certain. The next `joined` says the rest. */
export function afterDrop(cursor: LogCursor): LogCursor {
  return { ...cursor, held: [], known: cursor.seq };
}

/**
 * Takes entries, live or from a page, in ascending order. Only `seq = last + 1` is shown; a smaller
 * one is ignored, a larger one waits behind the hole (SPEC R4).
 */
export function take(cursor: LogCursor, entries: readonly LogEntry[]): Taken {
  const fresh: LogEntry[] = [];
  let held = cursor.held;
  let known = cursor.known;
  const waiting = [...entries];
  for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
    const { seq, id } = entry.payload;
    const last = cursor.seq + fresh.length;
    known = Math.max(known, seq);
    if (seq > last + 1) {
      held = hold(held, entry);
    } else if (seq === last + 1) {
      fresh.push(entry);
    } else if (differs(idAt(cursor, fresh, seq), id)) {
      return { is: "reset" };
    }
    // The hole is closed: what waited behind it comes next.
    if (held[0] && held[0].payload.seq <= cursor.seq + fresh.length + 1) {
      waiting.unshift(...held);
      held = [];
    }
  }
  const seq = cursor.seq + fresh.length;
  const recent = fresh.length > 0 ? [...cursor.recent, ...fresh] : cursor.recent;
  const kept = recent.slice(-RECENT_ENTRIES_MAX);
  return { is: "applied", cursor: { ...cursor, seq, recent: kept, held, known }, fresh };
}

function hold(held: readonly LogEntry[], entry: LogEntry): readonly LogEntry[] {
  const last = held.at(-1)?.payload.seq;
  if (last !== undefined && entry.payload.seq <= last) return held;
  if (held.length === HELD_ENTRIES_MAX) return [];
  return last === entry.payload.seq - 1 ? [...held, entry] : [entry];
}

function idAt(cursor: LogCursor, fresh: readonly LogEntry[], seq: number): string | undefined {
  const shown = seq > cursor.seq ? fresh : cursor.recent;
  const last = seq > cursor.seq ? cursor.seq + fresh.length : cursor.seq;
  const entry = shown[shown.length - 1 - (last - seq)];
  return entry?.payload.seq === seq ? entry.payload.id : undefined;
}

function differs(known: string | undefined, id: string): boolean {
  return known !== undefined && known !== id;
}
