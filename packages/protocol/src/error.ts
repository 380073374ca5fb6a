import { answerFields } from "./request.ts";
import type { Shape } from "./shape.ts";

/**
 * Why a frame was refused; see refusal.ts. `code` is any text, so that old clients can read new
 * codes.
 */
export const ErrorDown = {
  code: "text",
  message: "text",
  temporary: "flag",
  /** The `ref` of the frame that it answers, or the frame's `id` if it had no `ref`. */
  ...answerFields,
  /** For a temporary refusal: how long to wait before the next try, in ms. */
  retryAfter: "number?",
  /** For `stale`: the setting's present entry; missing if the setting has no value. */
  setting: "set?",
} as const satisfies Shape;
