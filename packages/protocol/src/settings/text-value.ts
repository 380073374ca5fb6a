import * as v from "valibot";
import { cleanName, isVisible } from "../name.ts";

/**
 * The schema of one line of text: NFC, without controls and bidi overrides, trimmed, with something
 * visible.
 */
/* @__NO_SIDE_EFFECTS__ */
export function textValue(charsMax: number) {
  return v.pipe(
    v.string("bad_setting"),
    v.check((text) => text.isWellFormed(), "bad_setting"),
    v.transform(cleanName),
    v.check((text) => isVisible(text, charsMax), "bad_setting"),
  );
}
