/** What a field holds that has no shape of its own, by the name that shapes use. */
export interface PlainFieldTypes {
  text: string;
  number: number;
  flag: boolean;
  true: true;
  json: unknown;
  id: string;
  seq: number;
}

/** Every name; what the last three hold is defined where their shapes are (`field-types.ts`). */
export type FieldName = keyof PlainFieldTypes | "member" | "set" | "entry";

/** One value, or a list of them; with a `?`, the field may be missing. */
export type Field = `${FieldName}${"" | "[]"}${"" | "?"}`;

/**
 * The fields of a payload from a server, as data. The reader of frames (`reader.ts`) and the schemas
 * (`down-schemas.ts`) are derived from it: a web app loads the reader only.
 */
export type Shape = Readonly<Record<string, Field>>;

/** What a reader gives for a shape, with these types of its fields. */
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
