import * as v from "valibot";
import { EntryId, Seq } from "../ids.ts";
import { requestOf } from "../request.ts";
import { MessageText } from "../text.ts";
import type { EntryDefinition } from "./definition.ts";
import { entryFields } from "./envelope.ts";

export const EditedEntry = v.object({
  target: EntryId,
  targetSeq: Seq,
  message: v.string(),
  ...entryFields,
});

/** Replace the text of one's own message; `target` is its `id`. */
export const edit = {
  kind: "edited",
  request: requestOf({ target: EntryId, message: MessageText, id: v.optional(EntryId) }),
  entry: EditedEntry,
  content: ["target", "message"],
  target: { field: "target", seqField: "targetSeq", of: "own" },
  rate: "messages",
} as const satisfies EntryDefinition;
