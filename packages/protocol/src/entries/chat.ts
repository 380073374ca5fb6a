import * as v from "valibot";
import { EntryId, Seq } from "../ids.ts";
import { requestOf } from "../request.ts";
import { MessageText } from "../text.ts";
import type { EntryDefinition } from "./definition.ts";
import { entryFields } from "./envelope.ts";

/** Something was said; to its sender this is the acknowledgement (SPEC D1). */
export const ChatEntry = v.object({
  message: v.string(),
  ...entryFields,
  replyTo: v.optional(EntryId),
  /** Where the message that it answers stands. */
  replyToSeq: v.optional(Seq),
});

/** Say something. `replyTo` is the `id` of the message that it answers. */
export const chat = {
  kind: "chat",
  request: requestOf({
    message: MessageText,
    id: v.optional(EntryId),
    replyTo: v.optional(EntryId),
  }),
  entry: ChatEntry,
  content: ["message", "replyTo"],
  target: { field: "replyTo", seqField: "replyToSeq", of: "any" },
  rate: "messages",
} as const satisfies EntryDefinition;
