import type { LogEntry } from "@parley/protocol";
import { isRevision, isUnknown, type Revision } from "./message.ts";
import type { Window } from "./gap.ts";

/** Where the log stands before the first message that is shown. */
export type Older =
  /** Nothing is known before the first window. */
  | { readonly is: "unknown" }
  /** There is more before the entry `before`. */
  | { readonly is: "more"; readonly before: number }
  | { readonly is: "loading"; readonly before: number }
  | { readonly is: "failed"; readonly before: number }
  /** The first message of the room is shown. */
  | { readonly is: "beginning" }
  /** The room no longer keeps what was before. */
  | { readonly is: "trimmed" };

/** Which part of the log is here. */
export interface LogSlice {
  readonly older: Older;
  /** The first `seq` of the log that was brought; 0 before the first window. */
  readonly oldest: number;
  /** The last `seq` of the log that was brought. */
  readonly head: number;
  /** The last `seq` of the window that the log opened with: what comes later is news. */
  readonly openedAt: number;
  /** Changes to messages that stand before `oldest`: they apply once those are brought. */
  readonly pendingRevisions: readonly Revision[];
  /** The log or the server goes beyond this version of the app: a reload may bring a newer one. */
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

/** Where the log stands before `first`, the first entry brought; 0 where there is none. */
export function olderThan(first: number, truncatedBefore: number | undefined): Older {
  if (truncatedBefore !== undefined && first <= truncatedBefore) return { is: "trimmed" };
  return first > 1 ? { is: "more", before: first } : { is: "beginning" };
}

/** The log starts anew: what was shown is dropped (SPEC R1, R5). */
export function logOpened(
  before: LogSlice,
  { entries, why, truncatedBefore }: Window,
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

/** Entries come in at the end. */
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
