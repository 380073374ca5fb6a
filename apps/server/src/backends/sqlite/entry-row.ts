import { crc32 } from "node:zlib";
import type { EntryFrame } from "@parley/protocol";
import type { Draft } from "../../log/log.ts";

/** An entry as the columns of its table have it, without its room. */
export interface EntryRow {
  readonly seq: number;
  readonly id: string;
  readonly author: string;
  readonly name: string;
  readonly at: number;
  readonly kind: string;
  /** The other fields of its frame, as JSON; `from` if it has more than an id and a name. */
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
  const { id: author, name, ...more } = from;
  const rest = JSON.stringify(more.hook ? { ...own, from: more } : own);
  const crc = entryChecksum(room, seq, id, author, name, at, type, rest);
  return { seq, id, author, name, at, kind: type, payload: rest, crc };
}

/**
 * Whether a row is as it was written.
 * @param room the key of the room that it was found in
 */
export function isSound(room: number, row: EntryRow): boolean {
  const { seq, id, author, name, at, kind, payload, crc } = row;
  return crc === entryChecksum(room, seq, id, author, name, at, kind, payload);
}

/** The facts of a row as the frame that went out live. */
export function entryOf({ seq, id, author, name, at, kind, payload }: EntryRow): EntryFrame {
  const { from, ...own } = JSON.parse(payload) as { readonly from?: object };
  const frame = {
    type: kind,
    payload: { ...own, id, at, from: { id: author, name, ...from }, seq },
  };
  return frame as EntryFrame;
}

/** The entry of a row, if it is as it was written. */
export function soundEntryOf(room: number, row: EntryRow): EntryFrame | undefined {
  return isSound(room, row) ? entryOf(row) : undefined;
}

/** What `checksumOf` says of the same values: one string costs less than a list of them. */
function entryChecksum(
  room: number,
  seq: number,
  id: string,
  author: string,
  name: string,
  at: number,
  kind: string,
  payload: string,
): number {
  return crc32(`${room}\n${seq}\n${id}\n${author}\n${name}\n${at}\n${kind}\n${payload}`);
}
