import * as v from "valibot";

/** Why a frame was refused; see refusal.ts. `code` is open, so that old clients meet new codes. */
export const ErrorDown = v.object({
  code: v.string(),
  message: v.string(),
  temporary: v.boolean(),
  /** The `id` of the frame that it answers. */
  ref: v.optional(v.string()),
  /** Where it is temporary: how long to wait before the next try, in ms. */
  retryAfter: v.optional(v.number()),
});
