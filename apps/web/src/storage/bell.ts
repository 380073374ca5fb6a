import type { Since } from "@parley/protocol";
import { isNumber, isText, one, shape, stored, type TextStore } from "./stored.ts";

const since = one(
  shape<{ readonly epoch: string; readonly seq: number }>({ epoch: isText, seq: isNumber }),
);

/** How far this browser's member heard their bell in a room; undefined before the first time. */
export function storedBell(roomId: string, texts?: TextStore) {
  return stored<Since, undefined>(`parley.bell.${roomId}`, since, undefined, texts);
}
