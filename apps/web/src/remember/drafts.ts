import { browserStore, type TextStore } from "./text-store.ts";

const keyOf = (roomId: string) => `parley.draft.${roomId}`;

/** What was being written in a room when it was last open; empty where nothing was. */
export function draftOf(roomId: string, store: TextStore = browserStore): string {
  return store.get(keyOf(roomId)) ?? "";
}

/** Keeps what is being written; a blank text is forgotten. */
export function keepDraft(roomId: string, text: string, store: TextStore = browserStore): void {
  if (text.trim() === "") store.remove(keyOf(roomId));
  else store.set(keyOf(roomId), text);
}
