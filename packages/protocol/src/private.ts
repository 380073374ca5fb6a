import * as v from "valibot";
import type { EntryFrame, UnknownEntry } from "./entries/entry-frame.ts";
import { requestPayloads } from "./entries/kinds.ts";
import type { ErrorDown } from "./error.ts";
import type { Read } from "./field-types.ts";
import { HistoryUp, type HistoryDown } from "./history.ts";
import { EntryId, isEntryId } from "./ids.ts";
import { LeaveUp, Since } from "./join.ts";
import { answerFields, requestOf } from "./request.ts";
import type { Shape } from "./shape.ts";
import { TypingUp, type TypingDown } from "./typing.ts";

/** What a client can send within a conversation: the payload of each type of frame. */
const innerPayloads = /* @__PURE__ */ innerPayloadsOf(requestPayloads);

function innerPayloadsOf({ chat, edit, delete: deletion, react }: typeof requestPayloads) {
  const join = requestOf({ since: v.optional(Since) });
  const requests = { chat, edit, delete: deletion, react };
  return { join, leave: LeaveUp, ...requests, typing: TypingUp, history: HistoryUp };
}

type InnerPayloads = typeof innerPayloads;
/** A frame in a conversation, from a client. */
export type InnerUp = {
  [T in keyof InnerPayloads]: { type: T; payload: v.InferOutput<InnerPayloads[T]> };
}[keyof InnerPayloads];

/**
 * A frame of the conversation with one member of the room. `with` is that member's `id`; `via` is the
 * `id` of an entry of theirs, by which the server knows somebody who is not there.
 */
export const PrivateUp = /* @__PURE__ */ privateUp();

function privateUp() {
  const schemas = Object.entries<v.GenericSchema>(innerPayloads).map(([type, payload]) =>
    v.object({ type: v.literal(type), payload: v.optional(payload, {}) }),
  );
  const frame = v.variant("type", schemas, "unknown_type") as v.GenericSchema<unknown, unknown>;
  return requestOf({
    with: v.pipe(
      v.string("unknown_member"),
      v.check((id) => isEntryId(id), "unknown_member"),
    ),
    via: v.optional(EntryId),
    frame: frame as v.GenericSchema<InnerUp>,
  });
}

/** A frame of the conversation with the member `with`. `frame` is what `readPrivate` reads. */
export const PrivateDown = { with: "member", frame: "json" } as const satisfies Shape;

/** The answer to the `join` of a conversation. */
export const InnerJoinedDown = {
  ...answerFields,
  self: "member",
  epoch: "text",
  head: "seq",
  entries: "entry[]",
  recovered: "flag",
  missed: "number",
  truncatedBefore: "seq?",
} as const satisfies Shape;

/** A frame in a conversation, from a server: an entry, or a frame of a room to one member. */
export type InnerDown =
  | Exclude<EntryFrame, { type: "set" }>
  | UnknownEntry
  | { type: "joined"; payload: Read<typeof InnerJoinedDown> }
  | { type: "typing"; payload: Read<typeof TypingDown> }
  | { type: "history"; payload: Read<typeof HistoryDown> }
  | { type: "error"; payload: Read<typeof ErrorDown> };
