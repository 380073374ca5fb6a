import * as v from "valibot";
import { entryFields } from "./entry.ts";
import { EntryId, Seq } from "./ids.ts";
import { requestFields } from "./request.ts";
import { MessageText } from "./text.ts";

/** Replace the text of one's own message; `target` is its `id`. */
export const EditUp = v.object({
  ...requestFields,
  target: EntryId,
  message: MessageText,
  id: v.optional(EntryId),
});

/** Take back one's own message; `target` is its `id`. */
export const DeleteUp = v.object({
  ...requestFields,
  target: EntryId,
  id: v.optional(EntryId),
});

const changed = { target: EntryId, targetSeq: Seq };

export const EditedDown = v.object({ ...changed, message: v.string(), ...entryFields });
export const DeletedDown = v.object({ ...changed, ...entryFields });
