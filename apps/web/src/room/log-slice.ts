import type { LogEntry } from "@parley/protocol";
import { isRevision, isUnknown, type Revision } from "./message.ts";
import type { WindowEvent } from "./gap.ts";

/** What lies before the first message that is shown. */
export type Older =
  /** Nothing is known before the first window. */
  | { readonly is: "unknown" }
  /** The log has more before the entry `before`. */
  | { readonly is: "more"; readonly before: number }
  | { readonly is: "loading"; readonly before: number }
  | { readonly is: "failed"; readonly before: number }
  /** The first message of the room is shown. */
  | { readonly is: "beginning" }
  /** Older entries are no longer kept. */
  | { readonly is: "trimmed" };

/** Which part of the log is loaded. */
export interface LogSlice {
  readonly older: Older;
  /** The first loaded `seq`; 0 before the first window. */
  readonly oldest: number;
  /** The last loaded `seq`. */
  readonly head: number;
  /** The last `seq` of the first window: later messages are new. */
  readonly openedAt: number;
  /** Changes to messages before `oldest`: they are applied once those are loaded. */
  readonly pendingRevisions: readonly Revision[];
  /**
   * The log or the server is newer than this version of the app: a reload may bring a newer one.
   */
  readonly isOutdated: boolean;
}

export const emptyLog: LogSlice = {
  older: { is: "unknown" },
  oldest: 0,
  head: 0,
  openedAt: 0,
  pendingRevisions: [],
  isOutdated: false,
};

/** What lies before `first`, the first loaded entry; `first` is 0 without any. */
export function olderThan(first: number, truncatedBefore: number | undefined): Older {
  if (truncatedBefore !== undefined && first <= truncatedBefore) return { is: "trimmed" };
  return first > 1 ? { is: "more", before: first } : { is: "beginning" };
}

/** The log starts again: what was shown is dropped (SPEC R1, R5). */
export function logOpened(
  before: LogSlice,
  { entries, why, truncatedBefore }: WindowEvent,
): Partial<LogSlice> {
  const first = entries[0]?.payload.seq ?? 0;
  const head = entries.at(-1)?.payload.seq ?? 0;
  return {
    older: olderThan(first, truncatedBefore),
    oldest: first,
    head,
    openedAt: why === "truncated" ? before.openedAt : head,
    pendingRevisions: revisionsBefore(entries, first),
    isOutdated: before.isOutdated || entries.some(isUnknown),
  };
}

/** Entries arrive at the end. */
export function logExtended(before: LogSlice, entries: readonly LogEntry[]): Partial<LogSlice> {
  const first = entries[0]?.payload.seq;
  const head = entries.at(-1)?.payload.seq;
  if (first === undefined || head === undefined) return {};
  const oldest = before.oldest === 0 ? first : before.oldest;
  const early = revisionsBefore(entries, oldest);
  return {
    older: before.older.is === "unknown" ? olderThan(first, undefined) : before.older,
    oldest,
    head,
    isOutdated: before.isOutdated || entries.some(isUnknown),
    ...(early.length > 0 && { pendingRevisions: [...before.pendingRevisions, ...early] }),
  };
}

function revisionsBefore(entries: readonly LogEntry[], seq: number): Revision[] {
  return entries.filter(isRevision).filter(({ payload }) => payload.targetSeq < seq);
}
