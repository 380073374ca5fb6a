import type * as v from "valibot";
import { chat, ChatEntry } from "./chat.ts";
import type { EntryDefinition } from "./definition.ts";
import { DeletedEntry, deletion } from "./deletion.ts";
import { edit, EditedEntry } from "./edit.ts";
import { ReactedEntry, reaction } from "./reaction.ts";
import { set, SetEntry } from "./set.ts";

/**
 * The kinds of message: members can reply to them, react to them, pin and delete them, and a page
 * counts them. Every other kind refers to a message or to the room.
 */
const messageShapes = {
  chat: ChatEntry,
};

/**
 * The frames that have a `seq`, are stored in the log and return in history. This is all that a
 * reader needs of a kind, so it is apart from {@link definitions}, which a web app does not load.
 */
export const entryShapes = {
  ...messageShapes,
  edited: EditedEntry,
  deleted: DeletedEntry,
  reacted: ReactedEntry,
  set: SetEntry,
};

export type EntryKind = keyof typeof entryShapes;

/** Whether a type of frame is a kind of entry that this version knows. */
export function isEntryKind(type: unknown): type is EntryKind {
  return typeof type === "string" && Object.hasOwn(entryShapes, type);
}

export type MessageKind = keyof typeof messageShapes;

export const messageKinds = /* @__PURE__ */ Object.keys(messageShapes) as readonly MessageKind[];

/** Whether an entry is a message. */
export function isMessage<Entry extends { readonly type: string }>(
  entry: Entry,
): entry is Extract<Entry, { readonly type: MessageKind }> {
  return Object.hasOwn(messageShapes, entry.type);
}

/** Every kind of entry, by the type of the frame that asks for it. */
export const definitions = { chat, edit, delete: deletion, react: reaction, set };

type Definitions = typeof definitions;
export type RequestType = keyof Definitions;

/** A frame from a client that becomes an entry of the log. */
export type EntryRequest = {
  [T in RequestType]: { type: T; payload: v.InferOutput<Definitions[T]["request"]> };
}[RequestType];

/** The requests as `up.ts` lists them. */
export const requestPayloads = /* @__PURE__ */ requestsOf(definitions);

function requestsOf(all: Definitions): { [T in RequestType]: Definitions[T]["request"] } {
  const requests = Object.entries(all).map(([type, { request }]) => [type, request]);
  return Object.fromEntries(requests) as ReturnType<typeof requestsOf>;
}

/** Whether a frame from a client becomes an entry of the log. */
export function isEntryRequest(frame: { readonly type: string }): frame is EntryRequest {
  return Object.hasOwn(definitions, frame.type);
}

/** What there is to know of the kind that a frame asks for. */
export function definitionOf({ type }: { readonly type: RequestType }): EntryDefinition {
  return definitions[type];
}

/** What there is to know of the kind of an entry. */
export function definitionOfKind(kind: EntryKind): EntryDefinition {
  const found = Object.values<EntryDefinition>(definitions).find((each) => each.kind === kind);
  if (!found) throw new Error(`No kind of entry is called ${kind}.`);
  return found;
}
