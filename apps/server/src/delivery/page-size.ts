import { encode, type EntryFrame } from "@parley/protocol";
import { BACKLOG_BYTES_MAX } from "../limits/limits.ts";

/** Bytes of entries in one answer: so much may wait for a reader who does not count as slow. */
export const PAGE_BYTES_MAX = BACKLOG_BYTES_MAX;

/**
 * The first entries that fit into one answer, one at least. Two hundred of the longest would be
 * megabytes, and whoever has a slow line would be cut off before they came through, every time.
 */
export function firstThatFit(entries: readonly EntryFrame[]): readonly EntryFrame[] {
  let bytes = 0;
  const end = entries.findIndex((entry, index) => {
    bytes += Buffer.byteLength(encode(entry));
    return index > 0 && bytes > PAGE_BYTES_MAX;
  });
  return end === -1 ? entries : entries.slice(0, end);
}

/** The last entries that fit into one answer, one at least, oldest first. */
export function lastThatFit(entries: readonly EntryFrame[]): readonly EntryFrame[] {
  const fitting = firstThatFit(entries.toReversed()).length;
  return entries.slice(entries.length - fitting);
}
