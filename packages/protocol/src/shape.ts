import type { LogEntry, SetFrame } from "./entries/entry-frame.ts";
import type { Member } from "./member.ts";

/** What a field of a frame from a server may hold, by the name that shapes use. */
export interface FieldTypes {
  text: string;
  number: number;
  flag: boolean;
  true: true;
  json: unknown;
  id: string;
  seq: number;
  member: Member;
  set: SetFrame;
  entry: LogEntry;
}

export type FieldName = keyof FieldTypes;

/** One value, or a list of them; with a `?`, the field may be missing. */
export type Field = `${FieldName}${"" | "[]"}${"" | "?"}`;

/**
 * The fields of a payload from a server, as data. The reader of frames (`reader.ts`) and the schemas
 * (`down-schemas.ts`) are derived from it: a web app loads the reader only.
 */
export type Shape = Readonly<Record<string, Field>>;

/** What a reader gives for a shape. */
export type Read<S extends Shape> = Merged<
  { [K in Needed<S>]: Value<S[K]> } & {
    [K in Exclude<keyof S, Needed<S>>]?: Value<S[K]> | undefined;
  }
>;

type Needed<S extends Shape> = { [K in keyof S]: S[K] extends `${string}?` ? never : K }[keyof S];

type Value<F extends string> = F extends `${infer Held}?`
  ? Value<Held>
  : F extends `${infer Each extends FieldName}[]`
    ? FieldTypes[Each][]
    : F extends FieldName
      ? FieldTypes[F]
      : never;

type Merged<T> = { [K in keyof T]: T[K] };

/** A field, taken apart. */
export interface FieldParts {
  readonly held: FieldName;
  readonly isList: boolean;
  readonly isOptional: boolean;
}

export function partsOf(field: Field): FieldParts {
  const isOptional = field.endsWith("?");
  const isList = field.includes("[]");
  return { held: field.replace(/\W+/, "") as FieldName, isList, isOptional };
}
