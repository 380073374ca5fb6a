import { FILE_PART_BYTES } from "@parley/protocol";
import type { FileStore, StoredPart } from "./file-store.ts";

/** How much of a file is read at once, in bytes: what one slow reader holds in memory. */
const READ_BYTES = 256 * 1024;

/** How many parts a file has. An empty file has one part, so that the store has something of it. */
function partsOf(size: number): number {
  return Math.max(1, Math.ceil(size / FILE_PART_BYTES));
}

/** The size of part `n`; undefined if the file has no such part. */
export function partSize(size: number, n: number): number | undefined {
  if (!Number.isSafeInteger(n) || n < 0 || n >= partsOf(size)) return undefined;
  return Math.min(FILE_PART_BYTES, size - n * FILE_PART_BYTES);
}

/** The parts of a file that are missing or incomplete. */
export function missingParts(parts: readonly StoredPart[], size: number): number[] {
  const stored = new Map(parts.map(({ name, bytes }) => [name, bytes]));
  const all = Array.from({ length: partsOf(size) }, (_, n) => n);
  return all.filter((n) => stored.get(n) !== partSize(size, n));
}

/**
 * Reads some of the bytes of a file, a piece at a time.
 * @param to the byte after the last
 * @returns the pieces; the last is undefined if a part is not stored
 */
export async function* readPieces(
  store: FileStore,
  id: string,
  { from, to }: { readonly from: number; readonly to: number },
): AsyncGenerator<Uint8Array | undefined, void> {
  let at = from;
  while (at < to) {
    const n = Math.floor(at / FILE_PART_BYTES);
    const start = at - n * FILE_PART_BYTES;
    const end = Math.min(start + READ_BYTES, FILE_PART_BYTES, to - n * FILE_PART_BYTES);
    const piece = await store.get(id, n, { from: start, to: end });
    if (piece?.length !== end - start) {
      yield undefined;
      return;
    }
    yield piece;
    at += piece.length;
  }
}

export async function* startingWith<Piece>(
  first: Piece,
  rest: AsyncIterable<Piece>,
): AsyncGenerator<Piece, void> {
  yield first;
  yield* rest;
}
