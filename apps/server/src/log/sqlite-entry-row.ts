import type { EntryFrame } from "@parley/protocol";
import type { Draft } from "./log.ts";
import { checksumOf } from "./sqlite-checksum.ts";

/** An entry as the columns of its table have it, without its room. */
export interface EntryRow {
  readonly seq: number;
  readonly id: string;
  readonly author: string;
  readonly name: string;
  readonly at: number;
  readonly kind: string;
  /** What else its frame says, as JSON. */
  readonly payload: string;
  /** The checksum of its room and of all other columns. */
  readonly crc: number;
}

/** The columns of an EntryRow, as SQL has them. */
export const COLUMNS = "seq, id, author, name, at, kind, payload, crc";

/** What an EntryRow binds to COLUMNS. */
export function valuesOf({ seq, id, author, name, at, kind, payload, crc }: EntryRow) {
  return [seq, id, author, name, at, kind, payload, crc] as const;
}

/** @param room the key of the room */
export function rowOf(room: number, { type, payload }: Draft, seq: number): EntryRow {
  const { id, at, from, ...own } = payload;
  const row = {
    seq,
    id,
    author: from.id,
    name: from.name,
    at,
    kind: type,
    payload: JSON.stringify(own),
  };
  return { ...row, crc: entryChecksum(room, row) };
}

/**
 * Whether a row is as it was written.
 * @param room the key of the room that it was found in
 */
export function isSound(room: number, row: EntryRow): boolean {
  return row.crc === entryChecksum(room, row);
}

/** The facts of a row as the frame that went out live. */
export function entryOf({ seq, id, author, name, at, kind, payload }: EntryRow): EntryFrame {
  const own = JSON.parse(payload) as object;
  const frame = { type: kind, payload: { ...own, id, at, from: { id: author, name }, seq } };
  return frame as EntryFrame;
}

/** The entry of a row, where it is as it was written. */
export function soundEntryOf(room: number, row: EntryRow): EntryFrame | undefined {
  return isSound(room, row) ? entryOf(row) : undefined;
}

function entryChecksum(room: number, row: Omit<EntryRow, "crc">): number {
  const { seq, id, author, name, at, kind, payload } = row;
  return checksumOf(room, seq, id, author, name, at, kind, payload);
}
