import * as v from "valibot";
import { NAME_UNITS_MAX } from "./limits.ts";
import { cleanName, isName } from "./name.ts";
import type { PlainFieldTypes, ReadWith, Shape } from "./shape.ts";

/**
 * A name: NFC, trimmed, without controls and bidi overrides; 1 to 32 code points, one of them
 * visible. Its length is checked first, because normalising is the slowest thing that a frame can
 * ask for.
 */
export const Name = v.pipe(
  v.string("bad_name"),
  v.maxLength(NAME_UNITS_MAX, "bad_name"),
  v.check((text) => text.isWellFormed(), "bad_name"),
  v.transform(cleanName),
  v.check(isName, "bad_name"),
);

/**
 * Somebody in a room; `id` is a digest of their token and the room (SPEC P2). `hook`: it is a hook,
 * which is in no room and only writes; since 1.4.
 */
export const memberShape = { id: "text", name: "text", hook: "true?" } as const satisfies Shape;
export type Member = ReadWith<typeof memberShape, PlainFieldTypes>;

/** What the fields of an entry hold. */
export interface EntryFieldTypes extends PlainFieldTypes {
  member: Member;
}
