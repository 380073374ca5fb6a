import { isNumber, isText, listOf, shape, stored, type TextStore } from "./stored.ts";

/** A message that its author deleted, and when, in ms since 1970. */
export interface Deletion {
  readonly id: string;
  readonly at: number;
}

const deletions = listOf(shape<Deletion>({ id: isText, at: isNumber }));

/** Deletions in a room that were decided and may not be on their way yet; they survive a reload. */
export function storedDeletions(roomId: string, texts?: TextStore) {
  return stored(`parley.deletions.${roomId}`, deletions, [], texts);
}
