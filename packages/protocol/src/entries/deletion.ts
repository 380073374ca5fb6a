import * as v from "valibot";
import { EntryId } from "../ids.ts";
import { requestOf } from "../request.ts";
import type { Shape } from "../shape.ts";
import type { EntryDefinition } from "./definition.ts";
import { entryFields } from "./envelope.ts";

export const DeletedEntry = {
  target: "id",
  targetSeq: "seq",
  ...entryFields,
} as const satisfies Shape;

/** Deletes one's own message; `target` is its `id`. */
export const deletion = {
  kind: "deleted",
  request: requestOf({ target: EntryId, id: v.optional(EntryId) }),
  entry: DeletedEntry,
  content: ["target"],
  target: { field: "target", seqField: "targetSeq", of: "own" },
  rate: "messages",
} as const satisfies EntryDefinition;
