import { isText, plain, stored, type TextStore } from "./stored.ts";

/** How this browser last reached a room where WebSockets failed, and until when that holds. */
export function storedRung(texts?: TextStore) {
  return stored("parley.rung", plain(isText), undefined, texts);
}
