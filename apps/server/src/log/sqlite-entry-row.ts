import type { EntryFrame } from "@parley/protocol";
import type { Draft } from "./log.ts";

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
}

/** The columns of an EntryRow, as SQL has them. */
export const COLUMNS = "seq, id, author, name, at, kind, payload";

/** What an EntryRow binds to COLUMNS. */
export function valuesOf({ seq, id, author, name, at, kind, payload }: EntryRow) {
  return [seq, id, author, name, at, kind, payload] as const;
}

export function rowOf({ type, payload }: Draft, seq: number): EntryRow {
  const { id, at, from, ...own } = payload;
  return {
    seq,
    id,
    author: from.id,
    name: from.name,
    at,
    kind: type,
    payload: JSON.stringify(own),
  };
}

/** The facts of a row as the frame that went out live. */
export function entryOf({ seq, id, author, name, at, kind, payload }: EntryRow): EntryFrame {
  const own = JSON.parse(payload) as object;
  const frame = { type: kind, payload: { ...own, id, at, from: { id: author, name }, seq } };
  return frame as EntryFrame;
}

/** The first rows, up to the one that makes it enough, in characters. */
export function upTo(enough: number, rows: Iterable<EntryRow>): EntryRow[] {
  const taken: EntryRow[] = [];
  let chars = 0;
  for (const row of rows) {
    taken.push(row);
    chars += row.payload.length;
    if (chars > enough) break;
  }
  return taken;
}
