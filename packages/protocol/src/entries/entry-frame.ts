import type { EntryFieldTypes } from "../member.ts";
import type { ReadWith, Shape } from "../shape.ts";
import type { entryFields } from "./envelope.ts";
import type { EntryKind, entryShapes } from "./kinds.ts";

type EntryShapes = typeof entryShapes;
type Read<S extends Shape> = ReadWith<S, EntryFieldTypes>;

/** An entry of a room's log. History repeats it exactly as it was sent live. */
export type EntryFrame = {
  [K in EntryKind]: { type: K; payload: Read<EntryShapes[K]> };
}[EntryKind];

/**
 * An entry of a kind that this version does not know. It keeps its place in the order (SPEC O5).
 * `frame` is the complete entry, for a later version that knows the kind.
 */
export interface UnknownEntry {
  readonly type: "unknown";
  readonly payload: Read<typeof entryFields> & {
    readonly frame: { readonly type: string; readonly payload: Readonly<Record<string, unknown>> };
  };
}

/** An entry that changes a setting. */
export type SetFrame = Extract<EntryFrame, { type: "set" }>;

/** An entry of a room's log as a client reads it: of a known kind, or of a newer one. */
export type LogEntry = EntryFrame | UnknownEntry;
