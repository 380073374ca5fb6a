import * as v from "valibot";
import { entryFields } from "./envelope.ts";
import { entryPayloads, type EntryKind } from "./kinds.ts";

type EntryPayloads = typeof entryPayloads;

/** A durable frame: an entry of a room's log, exactly as it went out live. */
export type EntryFrame = {
  [K in EntryKind]: { type: K; payload: v.InferOutput<EntryPayloads[K]> };
}[EntryKind];

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

/** An entry that sets something. */
export type SetFrame = Extract<EntryFrame, { type: "set" }>;
export const SetFrame = v.object({ type: v.literal("set"), payload: entryPayloads.set });

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

export const LogEntry = v.lazy((entry): v.GenericSchema<unknown, LogEntry> => {
  const { type } = Object(entry) as { readonly type?: unknown };
  return isKnown(type) ? entryFrames[type] : UnknownEntry;
});

const entryFrames = /* @__PURE__ */ framesOf(entryPayloads);

/** The schema of each kind's whole frame. */
function framesOf(
  payloads: EntryPayloads,
): Record<EntryKind, v.GenericSchema<unknown, EntryFrame>> {
  const frames = Object.entries(payloads).map(([type, payload]) => [
    type,
    v.object({ type: v.literal(type), payload }),
  ]);
  return Object.fromEntries(frames) as ReturnType<typeof framesOf>;
}

function isKnown(type: unknown): type is EntryKind {
  return typeof type === "string" && Object.hasOwn(entryPayloads, type);
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
