import * as v from "valibot";
import { MESSAGE_BYTES_MAX, MESSAGE_CHARS_MAX } from "./limits.ts";

const utf8 = /* @__PURE__ */ new TextEncoder();

/** Whether a text is within both limits of a message. Short texts are not encoded. */
function fits(text: string): boolean {
  // A UTF-16 unit is at most one code point and at most three bytes of UTF-8.
  if (text.length <= MESSAGE_BYTES_MAX / 3) return true;
  if (text.length > MESSAGE_BYTES_MAX) return false;
  return [...text].length <= MESSAGE_CHARS_MAX && utf8.encode(text).length <= MESSAGE_BYTES_MAX;
}

/**
 * The text of a message: well-formed Unicode, not blank, at most 4,000 code points and 8 KiB of
 * UTF-8.
 */
export const MessageText = /* @__PURE__ */ aText();

// A call, because bundlers drop it from a build that only reads frames.
function aText() {
  return v.pipe(
    v.string(),
    v.check((text) => text.isWellFormed(), "not_unicode"),
    v.check((text) => /\S/.test(text), "message_empty"),
    v.check(fits, "message_too_long"),
  );
}
