import * as v from "valibot";
import { MessageFiles } from "../files.ts";
import { EntryId } from "../ids.ts";
import { requestOf } from "../request.ts";
import type { Shape } from "../shape.ts";
import { MessageText } from "../text.ts";
import type { EntryDefinition } from "./definition.ts";
import { entryFields } from "./envelope.ts";

/** A message in the log. For its sender it is the acknowledgement (SPEC D1). */
export const ChatEntry = {
  message: "text",
  files: "file[]?",
  ...entryFields,
  replyTo: "id?",
  /** The `seq` of the message that it replies to. */
  replyToSeq: "seq?",
} as const satisfies Shape;

/** Sends a message. `replyTo` is the `id` of the message that it replies to. */
export const chat = {
  kind: "chat",
  request: requestOf({
    message: MessageText,
    files: v.optional(MessageFiles),
    id: v.optional(EntryId),
    replyTo: v.optional(EntryId),
  }),
  entry: ChatEntry,
  content: ["message", "files", "replyTo"],
  target: { field: "replyTo", seqField: "replyToSeq", of: "any" },
  rate: "messages",
} as const satisfies EntryDefinition;
