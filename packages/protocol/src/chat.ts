import * as v from "valibot";
import { entryFields } from "./entry.ts";
import { EntryId, Seq } from "./ids.ts";
import { requestFields } from "./request.ts";
import { MessageText } from "./text.ts";

/** Say something. `replyTo` is the `id` of the message that it answers. */
export const ChatUp = v.object({
  ...requestFields,
  message: MessageText,
  id: v.optional(EntryId),
  replyTo: v.optional(EntryId),
});

/** Something was said; to its sender this is the acknowledgement (SPEC D1). */
export const ChatDown = v.object({
  message: v.string(),
  ...entryFields,
  replyTo: v.optional(EntryId),
  /** Where the message that it answers stands. */
  replyToSeq: v.optional(Seq),
});
