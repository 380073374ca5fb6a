import * as v from "valibot";
import { ChatDown } from "./chat.ts";
import { DeletedDown, EditedDown } from "./edit.ts";
import { ReactedDown } from "./reaction.ts";

/** The frames that have a `seq`, are kept in the log and come back in history. */
export const durablePayloads = {
  chat: ChatDown,
  edited: EditedDown,
  deleted: DeletedDown,
  reacted: ReactedDown,
};

type DurablePayloads = typeof durablePayloads;
export type EntryKind = keyof DurablePayloads;

/** A durable frame: an entry of a room's log, exactly as it went out live. */
export type EntryFrame = {
  [K in EntryKind]: { type: K; payload: v.InferOutput<DurablePayloads[K]> };
}[EntryKind];

export const EntryFrame = v.variant("type", [
  v.object({ type: v.literal("chat"), payload: ChatDown }),
  v.object({ type: v.literal("edited"), payload: EditedDown }),
  v.object({ type: v.literal("deleted"), payload: DeletedDown }),
  v.object({ type: v.literal("reacted"), payload: ReactedDown }),
]);
