import type { LogEntry, UnknownEntry } from "./entries/entry-frame.ts";
import { entryFields } from "./entries/envelope.ts";
import { entryShapes, isEntryKind } from "./entries/kinds.ts";
import { fileShape } from "./file-shape.ts";
import { isEntryId, isSeq } from "./ids.ts";
import { memberShape } from "./member.ts";
import type { FieldTypes, Read } from "./field-types.ts";
import { partsOf, type FieldName, type Shape } from "./shape.ts";

/** Returns the value without unknown fields; undefined if it does not have the shape. */
type Reader<T> = (value: unknown) => T | undefined;

/**
 * Derives the reader of a shape. It accepts, refuses and drops exactly what the shape's schema
 * does.
 */
function readerOf<const S extends Shape>(shape: S): Reader<Read<S>> {
  const fields = Object.entries(shape).map(([name, field]) => ({ name, ...partsOf(field) }));
  return (value) => {
    if (!isObject(value)) return undefined;
    const read: Record<string, unknown> = {};
    for (const { name, held, isList, isOptional } of fields) {
      const given = value[name];
      if (given === undefined && isOptional) continue;
      const taken = isList ? readList(readers[held], given) : readers[held](given);
      if (taken === undefined) return undefined;
      read[name] = taken;
    }
    return read as Read<S>;
  };
}

/** Reads each item of a list; undefined if one is refused or the value is no list. */
function readList<T>(reader: Reader<T>, value: unknown): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const read = value.map(reader);
  return read.every((each) => each !== undefined) ? read : undefined;
}

const readFile = /* @__PURE__ */ readerOf(fileShape);
const readMember = /* @__PURE__ */ readerOf(memberShape);
const readEnvelope = /* @__PURE__ */ readerOf(entryFields);
const payloadReaders = /* @__PURE__ */ readersOf(entryShapes);

const readers: { readonly [N in FieldName]: Reader<FieldTypes[N]> } = {
  text: (value) => (typeof value === "string" ? value : undefined),
  number: (value) => (typeof value === "number" && !Number.isNaN(value) ? value : undefined),
  flag: (value) => (typeof value === "boolean" ? value : undefined),
  true: (value) => (value === true ? value : undefined),
  json: (value) => value,
  id: (value) => (isEntryId(value) ? value : undefined),
  seq: (value) => (isSeq(value) ? value : undefined),
  member: readMember,
  file: readFile,
  set: (value) => {
    const entry = readEntry(value);
    return entry?.type === "set" ? entry : undefined;
  },
  entry: readEntry,
};

/** Reads an entry of the log. An entry of an unknown kind keeps all its fields (SPEC O5). */
export function readEntry(frame: unknown): LogEntry | undefined {
  if (!isObject(frame)) return undefined;
  const { type, payload } = frame;
  if (!isEntryKind(type)) return typeof type === "string" ? readUnknown(type, payload) : undefined;
  const read = payloadReaders[type](payload);
  return read && ({ type, payload: read } as LogEntry);
}

/** Reads an entry of an unknown kind; undefined without the fields that every entry has. */
export function readUnknown(type: string, payload: unknown): UnknownEntry | undefined {
  const fields = readEnvelope(payload);
  if (!fields) return undefined;
  const frame = { type, payload: { ...(payload as object), ...fields } };
  return { type: "unknown", payload: { ...fields, frame } };
}

/**
 * Reads entries that an earlier version stored: this version may know a kind that the earlier one
 * did not.
 * @returns undefined if one of them cannot be read
 */
export function rereadEntries(entries: readonly LogEntry[]): readonly LogEntry[] | undefined {
  const frames = entries.map((entry) => (entry.type === "unknown" ? entry.payload.frame : entry));
  return readList(readEntry, frames);
}

type Readers<Shapes extends Record<string, Shape>> = {
  readonly [K in keyof Shapes]: Reader<Read<Shapes[K]>>;
};

export function readersOf<const Shapes extends Record<string, Shape>>(
  shapes: Shapes,
): Readers<Shapes> {
  const all = Object.entries(shapes).map(([name, shape]) => [name, readerOf(shape)]);
  return Object.fromEntries(all) as Readers<Shapes>;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
