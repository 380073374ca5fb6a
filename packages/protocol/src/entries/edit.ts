import * as v from "valibot";
import { EntryId } from "../ids.ts";
import { requestOf } from "../request.ts";
import type { Shape } from "../shape.ts";
import { MessageText } from "../text.ts";
import type { EntryDefinition } from "./definition.ts";
import { entryFields } from "./envelope.ts";

export const EditedEntry = {
  target: "id",
  targetSeq: "seq",
  message: "text",
  ...entryFields,
} as const satisfies Shape;

/** Replaces the text of one's own message; `target` is its `id`. */
export const edit = {
  kind: "edited",
  request: requestOf({ target: EntryId, message: MessageText, id: v.optional(EntryId) }),
  entry: EditedEntry,
  content: ["target", "message"],
  target: { field: "target", seqField: "targetSeq", of: "own", kinds: ["chat"] },
  rate: "messages",
} as const satisfies EntryDefinition;
