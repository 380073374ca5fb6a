import type { RoomEvent } from "@parley/client";

export type WindowEvent = Extract<RoomEvent, { type: "window" }>;

/** A gap between what was shown before and what is shown now. */
export interface Gap {
  /** Why the log starts again: see the client's `window` event. */
  readonly why: "reset" | "truncated";
  /** How many entries are missing, if that is known. */
  readonly gone?: number;
}

/**
 * The gap before a window; undefined before the first one. In a trimmed log, the missing entries
 * lie before its present start.
 * @param head the last `seq` before the window
 */
export function gapBefore({ why, truncatedBefore }: WindowEvent, head: number): Gap | undefined {
  if (why === "first") return undefined;
  const gone =
    why === "truncated" && truncatedBefore !== undefined ? truncatedBefore - head - 1 : 0;
  return { why, ...(gone > 0 ? { gone } : {}) };
}
