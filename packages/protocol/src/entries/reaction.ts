import * as v from "valibot";
import { Emoji } from "../emoji.ts";
import { EntryId } from "../ids.ts";
import { requestOf } from "../request.ts";
import type { Shape } from "../shape.ts";
import type { EntryDefinition } from "./definition.ts";
import { entryFields } from "./envelope.ts";

export const ReactedEntry = {
  target: "id",
  targetSeq: "seq",
  emoji: "text",
  on: "flag",
  ...entryFields,
} as const satisfies Shape;

/** Adds (`on: true`) or removes a reaction; `target` is the `id` of a message. */
export const reaction = {
  kind: "reacted",
  request: requestOf({ target: EntryId, emoji: Emoji, on: v.boolean(), id: v.optional(EntryId) }),
  entry: ReactedEntry,
  content: ["target", "emoji", "on"],
  target: { field: "target", seqField: "targetSeq", of: "any" },
  rate: "messages",
} as const satisfies EntryDefinition;
