import * as v from "valibot";
import { NAME_UNITS_MAX } from "./limits.ts";
import { cleanName, isName } from "./name.ts";

/**
 * A name: NFC, without controls and bidi overrides, trimmed, then 1 to 32 code points of which
 * one can be seen. Its length comes first: normalising is the dearest thing a frame can ask for.
 */
export const Name = v.pipe(
  v.string("bad_name"),
  v.maxLength(NAME_UNITS_MAX, "bad_name"),
  v.check((text) => text.isWellFormed(), "bad_name"),
  v.transform(cleanName),
  v.check(isName, "bad_name"),
);

/** A person in a room; `id` is a digest of their token and the room (SPEC P2). */
export const Member = v.object({ id: v.string(), name: v.string() });
export type Member = v.InferOutput<typeof Member>;
