import * as v from "valibot";
import { NAME_UNITS_MAX } from "./limits.ts";
import { cleanName, isName } from "./name.ts";
import type { FileInfo } from "./file-shape.ts";
import type { PlainFieldTypes, ReadWith, Shape } from "./shape.ts";

/**
 * A name: NFC, trimmed, without controls and bidi overrides; 1 to 32 code points, at least one
 * visible. The length is checked first, because normalising is the most expensive thing that a
 * frame can cause.
 */
export const Name = v.pipe(
  v.string("bad_name"),
  v.maxLength(NAME_UNITS_MAX, "bad_name"),
  v.check((text) => text.isWellFormed(), "bad_name"),
  v.transform(cleanName),
  v.check(isName, "bad_name"),
);

/**
 * A member of a room. `id` is a digest of token and room (SPEC P2). `hook`: it is a hook, which
 * writes without joining; since 1.4.
 */
export const memberShape = { id: "text", name: "text", hook: "true?" } as const satisfies Shape;
export type Member = ReadWith<typeof memberShape, PlainFieldTypes>;

/** The types of the fields of an entry. */
export interface EntryFieldTypes extends PlainFieldTypes {
  member: Member;
  file: FileInfo;
}
