import * as v from "valibot";
import { entryFields } from "./entry.ts";
import { EntryId, Seq } from "./ids.ts";
import { EMOJI_CHARS_MAX } from "./limits.ts";

/** One emoji as people see it: flags, skin tones, keycaps and joined families included. */
const Emoji = v.pipe(
  v.string("bad_emoji"),
  v.maxLength(EMOJI_CHARS_MAX, "bad_emoji"),
  v.regex(/^\p{RGI_Emoji}$/v, "bad_emoji"),
);

/** Add (`on: true`) or take back a reaction; `target` is the `id` of a message. */
export const ReactUp = v.object({
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
