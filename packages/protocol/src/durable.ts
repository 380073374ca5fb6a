import * as v from "valibot";
import { ChatDown } from "./chat.ts";
import { DeletedDown, EditedDown } from "./edit.ts";
import { entryFields } from "./entry.ts";
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

/**
 * An entry of a kind that this version does not know: it takes its place in the order (SPEC O5).
 * `frame` is the whole of it, for the version that will know it.
 */
export interface UnknownEntry {
  readonly type: "unknown";
  readonly payload: v.InferOutput<typeof EntryEnvelope> & {
    readonly frame: { readonly type: string; readonly payload: Readonly<Record<string, unknown>> };
  };
}

const EntryEnvelope = v.object(entryFields);

export const UnknownEntry = v.pipe(
  v.object({ type: v.string(), payload: v.looseObject(entryFields) }),
  v.transform((frame): UnknownEntry => {
    const { id, seq, at, from } = frame.payload;
    return { type: "unknown", payload: { id, seq, at, from, frame } };
  }),
);

/** An entry of a room's log as a client reads it: of a kind that it knows, or of a newer one. */
export type LogEntry = EntryFrame | UnknownEntry;

export const LogEntry = v.lazy((entry): v.GenericSchema<unknown, LogEntry> =>
  isOfKnownKind(entry) ? EntryFrame : UnknownEntry,
);

function isOfKnownKind(entry: unknown): boolean {
  const { type } = Object(entry) as { readonly type?: unknown };
  return typeof type === "string" && Object.hasOwn(durablePayloads, type);
}

/**
 * Reads entries that an earlier version kept: what was unknown to it may be known by now.
 * Undefined where one of them cannot be read.
 */
export function rereadEntries(entries: readonly LogEntry[]): readonly LogEntry[] | undefined {
  const frames = entries.map((entry) => (entry.type === "unknown" ? entry.payload.frame : entry));
  const read = v.safeParse(v.array(LogEntry), frames);
  return read.success ? read.output : undefined;
}
