import type { EntryFieldTypes } from "../member.ts";
import type { ReadWith, Shape } from "../shape.ts";
import type { entryFields } from "./envelope.ts";
import type { EntryKind, entryShapes } from "./kinds.ts";

type EntryShapes = typeof entryShapes;
type Read<S extends Shape> = ReadWith<S, EntryFieldTypes>;

/** A durable frame: an entry of a room's log, exactly as it went out live. */
export type EntryFrame = {
  [K in EntryKind]: { type: K; payload: Read<EntryShapes[K]> };
}[EntryKind];

/**
 * An entry of a kind that this version does not know: it takes its place in the order (SPEC O5).
 * `frame` is the whole of it, for the version that will know it.
 */
export interface UnknownEntry {
  readonly type: "unknown";
  readonly payload: Read<typeof entryFields> & {
    readonly frame: { readonly type: string; readonly payload: Readonly<Record<string, unknown>> };
  };
}

/** An entry that sets something. */
export type SetFrame = Extract<EntryFrame, { type: "set" }>;

/** An entry of a room's log as a client reads it: of a kind that it knows, or of a newer one. */
export type LogEntry = EntryFrame | UnknownEntry;
