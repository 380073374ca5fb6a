import * as v from "valibot";
import { SetFrame } from "./entries/entry-frame.ts";
import { answerFields } from "./request.ts";

/** Why a frame was refused; see refusal.ts. `code` is open, so that old clients meet new codes. */
export const ErrorDown = v.object({
  code: v.string(),
  message: v.string(),
  temporary: v.boolean(),
  /** Names the frame that it answers by its `ref`, or by its `id` where it had no `ref`. */
  ...answerFields,
  /** Where it is temporary: how long to wait before the next try, in ms. */
  retryAfter: v.optional(v.number()),
  /** Where it is `stale`: the entry that the setting has now; without it, the setting has none. */
  setting: v.optional(SetFrame),
});
