import { isNumber, isText, listOf, shape, stored, type TextStore } from "./stored.ts";

/** A message that its author deleted, and when, in ms since 1970. */
export interface Deletion {
  readonly id: string;
  readonly at: number;
}

const deletions = listOf(shape<Deletion>({ id: isText, at: isNumber }));

/** Decided deletions of a room that may not be sent yet; they survive a reload. */
export function storedDeletions(roomId: string, texts?: TextStore) {
  return stored(`parley.deletions.${roomId}`, deletions, [], texts);
}
