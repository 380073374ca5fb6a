import { encode, type EntryFrame } from "@parley/protocol";
import { BACKLOG_BYTES_MAX } from "../limits/limits.ts";

/** Bytes of entries in one answer: so much may wait for a reader who does not count as slow. */
export const PAGE_BYTES_MAX = BACKLOG_BYTES_MAX;

/**
 * The first entries that fit into one answer, one at least. Two hundred of the longest would be
 * megabytes, and a reader with a slow line would be cut off before they came through, every time.
 * @param used bytes of the answer that are taken already: then it may be that none fits
 */
export function firstThatFit(entries: readonly EntryFrame[], used = 0): readonly EntryFrame[] {
  let bytes = used;
  const end = entries.findIndex((entry, index) => {
    bytes += bytesOf(entry);
    return index + used > 0 && bytes > PAGE_BYTES_MAX;
  });
  return end === -1 ? entries : entries.slice(0, end);
}

/** The last entries that fit into one answer, oldest first; otherwise as {@link firstThatFit}. */
export function lastThatFit(entries: readonly EntryFrame[], used = 0): readonly EntryFrame[] {
  const fitting = firstThatFit(entries.toReversed(), used).length;
  return entries.slice(entries.length - fitting);
}

/** The bytes of entries in an answer. */
export function sizeOf(entries: readonly EntryFrame[]): number {
  return entries.reduce((bytes, entry) => bytes + bytesOf(entry), 0);
}

function bytesOf(entry: EntryFrame): number {
  return Buffer.byteLength(encode(entry));
}
