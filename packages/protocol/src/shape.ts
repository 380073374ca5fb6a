/** The types of fields that have no shape of their own, by the name that shapes use. */
export interface PlainFieldTypes {
  text: string;
  number: number;
  flag: boolean;
  true: true;
  json: unknown;
  id: string;
  seq: number;
}

/** All names. The types of the last four are defined beside their shapes (`field-types.ts`). */
export type FieldName = keyof PlainFieldTypes | "member" | "file" | "set" | "entry";

/** One value, or a list; with `?`, the field may be missing. */
export type Field = `${FieldName}${"" | "[]"}${"" | "?"}`;

/**
 * The fields of a payload from a server, as data. The reader (`reader.ts`) and the schemas
 * (`down-schemas.ts`) are derived from it: a web app loads only the reader.
 */
export type Shape = Readonly<Record<string, Field>>;

/** The type that a reader returns for a shape, given the types of its fields. */
export type ReadWith<S extends Shape, Types> = Merged<
  { [K in Needed<S>]: Value<S[K], Types> } & {
    [K in Exclude<keyof S, Needed<S>>]?: Value<S[K], Types> | undefined;
  }
>;

type Needed<S extends Shape> = { [K in keyof S]: S[K] extends `${string}?` ? never : K }[keyof S];

type Value<F extends string, Types> = F extends `${infer Held}?`
  ? Value<Held, Types>
  : F extends `${infer Each}[]`
    ? Value<Each, Types>[]
    : F extends keyof Types
      ? Types[F]
      : never;

type Merged<T> = { [K in keyof T]: T[K] };

/** A field, split into its parts. */
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
