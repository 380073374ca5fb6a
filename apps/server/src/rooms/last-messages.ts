import { isMessage, PAGE_ENTRIES_MAX, type EntryFrame } from "@parley/protocol";
import { lastThatFit, PAGE_BYTES_MAX, sizeOf } from "../delivery/page-size.ts";
import type { Page, Range, RoomLog } from "../log/log.ts";

/**
 * Reads the last messages of a room, with every entry after the first of them: reactions, edits and
 * deletions do not count, or a page could hold nothing to read. No more is given than fits into one
 * answer, and one entry at least. Throws LogUnavailable.
 * @param range `limit`: how many messages
 * @param address the network address that it is read for
 */
export async function readLastMessages(
  log: RoomLog,
  roomId: string,
  range: Exclude<Range, { readonly after: number }>,
  address?: string,
): Promise<Page> {
  const { limit } = range;
  const enough = PAGE_BYTES_MAX;
  const page = await log.read(roomId, { ...range, enough }, address);
  const entries = [...lastThatFit(page.entries)];
  let isFull = entries.length < page.entries.length;
  while (!isFull && countMessages(entries) < limit) {
    const before = entries[0]?.payload.seq ?? 0;
    if (before <= page.first) break;
    const earlier = await log.read(roomId, { before, limit: PAGE_ENTRIES_MAX, enough }, address);
    // Another log took its place between the two reads.
    if (earlier.epoch !== page.epoch) break;
    const fitting = lastThatFit(earlier.entries, sizeOf(entries));
    // The log may have been trimmed since, and no message may be left.
    isFull = fitting.length === 0 || fitting.length < earlier.entries.length;
    entries.unshift(...fitting);
  }
  return { ...page, entries: fromMessage(entries, limit) };
}

function countMessages(entries: readonly EntryFrame[]): number {
  return entries.filter(isMessage).length;
}

/** The entries from the last messages on, so many of them; all if there are no more. */
function fromMessage(entries: readonly EntryFrame[], messages: number): readonly EntryFrame[] {
  let surplus = countMessages(entries) - messages;
  if (surplus <= 0) return entries;
  const start = entries.findIndex((entry) => isMessage(entry) && surplus-- === 0);
  return entries.slice(start);
}
