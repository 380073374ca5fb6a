import type { Status } from "@parley/client";
import { isMessage, type LogEntry } from "@parley/protocol";
import type { WindowEvent } from "./gap.ts";

/** How far the user has read. */
export interface ReadingSlice {
  /** The user sees the latest message: the page is visible and scrolled to its end. */
  readonly watching: boolean;
  /** The last `seq` that the user saw. */
  readonly lastRead: number;
  /**
   * The last `seq` that the user saw in earlier visits; undefined once this visit has caught up
   * with the log, or without an earlier visit.
   */
  readonly lastReadBefore: number | undefined;
  /** The first message that arrived while nobody watched: the "New" line is before it. */
  readonly firstUnread: number | undefined;
}

/** @param lastReadBefore the last `seq` that the user saw in earlier visits */
export function emptyReading(lastReadBefore: number | undefined): ReadingSlice {
  // A known room opens where the user left off: its end is not seen yet.
  return {
    watching: lastReadBefore === undefined,
    lastRead: 0,
    lastReadBefore,
    firstUnread: undefined,
  };
}

type Before = ReadingSlice & {
  readonly status: Status;
  readonly people: { readonly self: { readonly id: string } } | undefined;
};

type BeforeReading = ReadingSlice & { readonly head: number };

/** Seeing the end reads everything. */
export function readingWhile(watching: boolean, before: BeforeReading): Partial<ReadingSlice> {
  if (before.watching === watching) return {};
  return watching ? { watching, lastRead: before.head } : { watching };
}

/** The user saw the message `seq`, and everything before it. */
export function readUpTo(seq: number, { lastRead, head }: BeforeReading): Partial<ReadingSlice> {
  return seq > lastRead && seq <= head ? { lastRead: seq } : {};
}

/** The "New" line goes if everything after it was read. */
export function doneReading({ lastRead, head, firstUnread }: BeforeReading): Partial<ReadingSlice> {
  return firstUnread !== undefined && lastRead >= head ? { firstUnread: undefined } : {};
}

/** A page before the first entry may have the first unread message. */
export function readingPrepended(
  before: Before & { readonly oldest: number },
  entries: readonly LogEntry[],
): Partial<ReadingSlice> {
  const { lastRead, firstUnread, oldest } = before;
  if (firstUnread === undefined || lastRead >= oldest - 1) return {};
  return { firstUnread: firstUnseen(before, entries, lastRead) ?? firstUnread };
}

/** What in a window is new to a user who was here before. */
export function windowRead(before: Before, { entries, why }: WindowEvent): Partial<ReadingSlice> {
  const { lastReadBefore, watching, status } = before;
  const head = entries.at(-1)?.payload.seq ?? 0;
  if (why === "truncated" && !watching) {
    // All of it came after what was shown.
    return { firstUnread: firstUnseen(before, entries), lastReadBefore: undefined };
  }
  if (why !== "first" || lastReadBefore === undefined) {
    return { lastRead: head, firstUnread: undefined, lastReadBefore: undefined };
  }
  return {
    lastRead: watching ? head : Math.min(head, lastReadBefore),
    firstUnread: firstUnseen(before, entries),
    // The cached part is shown before the server answers: more will come.
    lastReadBefore: status.is === "joined" ? undefined : lastReadBefore,
  };
}

/** New entries are seen as they arrive while the user watches; those between two visits are not. */
export function entriesRead(before: Before, entries: readonly LogEntry[]): Partial<ReadingSlice> {
  const head = entries.at(-1)?.payload.seq;
  if (head === undefined) return {};
  const { watching, lastRead, lastReadBefore, firstUnread } = before;
  const isSeen = watching && lastReadBefore === undefined;
  return {
    lastRead: watching ? head : lastRead,
    firstUnread: firstUnread ?? (isSeen ? undefined : firstUnseen(before, entries)),
  };
}

/** The first message of others among these entries that the user has not seen. */
function firstUnseen(
  { people, lastReadBefore = 0 }: Before,
  entries: readonly LogEntry[],
  after = lastReadBefore,
): number | undefined {
  const unseen = entries.find(
    (entry) =>
      isMessage(entry) && entry.payload.seq > after && entry.payload.from.id !== people?.self.id,
  );
  return unseen?.payload.seq;
}
