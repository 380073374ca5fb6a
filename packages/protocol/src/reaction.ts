import * as v from "valibot";
import { Emoji } from "./emoji.ts";
import { entryFields } from "./entry.ts";
import { EntryId, Seq } from "./ids.ts";
import { requestFields } from "./request.ts";

/** Add (`on: true`) or take back a reaction; `target` is the `id` of a message. */
export const ReactUp = v.object({
  ...requestFields,
  target: EntryId,
  emoji: Emoji,
  on: v.boolean(),
  id: v.optional(EntryId),
});

export const ReactedDown = v.object({
  target: EntryId,
  targetSeq: Seq,
  emoji: v.string(),
  on: v.boolean(),
  ...entryFields,
});
