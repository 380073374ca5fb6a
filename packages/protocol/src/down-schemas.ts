/** Schemas of the frames from a server, to describe the protocol. Clients read with `reader.ts`. */
import * as v from "valibot";
import { downShapes, type DownPayload, type DownType } from "./down.ts";
import { entryFields } from "./entries/envelope.ts";
import { entryShapes, isEntryKind, type EntryKind } from "./entries/kinds.ts";
import { fileShape } from "./file-shape.ts";
import { EntryId, Seq } from "./ids.ts";
import { memberShape } from "./member.ts";
import type { Read } from "./field-types.ts";
import { partsOf, type Field, type FieldName, type Shape } from "./shape.ts";

const heldSchemas: Readonly<Record<FieldName, () => v.GenericSchema>> = {
  text: () => v.string(),
  number: () => v.number(),
  flag: () => v.boolean(),
  true: () => v.literal(true),
  json: () => v.unknown(),
  id: () => EntryId,
  seq: () => Seq,
  member: () => schemaOf(memberShape),
  file: () => schemaOf(fileShape),
  set: () => frameSchema("set"),
  entry: () => LogEntry,
};

function fieldSchema(field: Field): v.GenericSchema {
  const { held, isList, isOptional } = partsOf(field);
  const each = heldSchemas[held]();
  const schema = isList ? v.array(each) : each;
  return isOptional ? v.optional(schema) : schema;
}

function fieldSchemas(shape: Shape): v.ObjectEntries {
  const fields = Object.entries(shape).map(([name, field]) => [name, fieldSchema(field)]);
  return Object.fromEntries(fields) as v.ObjectEntries;
}

function schemaOf(shape: Shape): v.GenericSchema {
  return v.object(fieldSchemas(shape));
}

/** The schema of a whole entry of one kind. */
function frameSchema(kind: EntryKind): v.GenericSchema {
  return v.object({ type: v.literal(kind), payload: schemaOf(entryShapes[kind]) });
}

const LogEntry = v.lazy((entry): v.GenericSchema => {
  const { type } = Object(entry) as { readonly type?: unknown };
  return isEntryKind(type) ? frameSchema(type) : UnknownEntry;
});

/** An entry of an unknown kind keeps all its fields (SPEC O5). */
export const UnknownEntry = /* @__PURE__ */ unknownEntry();

function unknownEntry() {
  return v.pipe(
    v.object({ type: v.string(), payload: v.looseObject(fieldSchemas(entryFields)) }),
    v.transform((frame) => {
      const { id, seq, at, from } = frame.payload as Read<typeof entryFields>;
      return { type: "unknown", payload: { id, seq, at, from, frame } } as const;
    }),
  );
}

/** The schema of the payload of each type of frame from a server. */
export const downPayloads = /* @__PURE__ */ schemasOf();

function schemasOf(): { readonly [T in DownType]: v.GenericSchema<unknown, DownPayload<T>> } {
  const schemas = Object.entries<Shape>(downShapes).map(([type, shape]) => [type, schemaOf(shape)]);
  return Object.fromEntries(schemas) as ReturnType<typeof schemasOf>;
}
