import type { RoomEvent } from "@parley/client";

export type Window = Extract<RoomEvent, { type: "window" }>;

/** What was shown before is not followed by what is shown now. */
export interface Gap {
  /** Why the log starts anew: see the client's `window` event. */
  readonly why: "reset" | "truncated";
  /** How many entries are gone between the two, where that is known. */
  readonly gone?: number;
}

/**
 * The gap before a window; undefined before the first one. Where the log was cut, what is gone lies
 * before where it starts now.
 * @param head the last `seq` before the window
 */
export function gapBefore({ why, truncatedBefore }: Window, head: number): Gap | undefined {
  if (why === "first") return undefined;
  const gone =
    why === "truncated" && truncatedBefore !== undefined ? truncatedBefore - head - 1 : 0;
  return { why, ...(gone > 0 ? { gone } : {}) };
}
