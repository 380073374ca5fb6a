import { answerFields } from "./request.ts";
import type { Shape } from "./shape.ts";

/** Why a frame was refused; see refusal.ts. `code` is open, so that old clients meet new codes. */
export const ErrorDown = {
  code: "text",
  message: "text",
  temporary: "flag",
  /** Names the frame that it answers by its `ref`, or by its `id` where it had no `ref`. */
  ...answerFields,
  /** Where it is temporary: how long to wait before the next try, in ms. */
  retryAfter: "number?",
  /** Where it is `stale`: the entry that the setting has now; without it, the setting has none. */
  setting: "set?",
} as const satisfies Shape;
