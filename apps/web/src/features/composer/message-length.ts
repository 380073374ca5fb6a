import { MESSAGE_BYTES_MAX, MESSAGE_CHARS_MAX } from "@parley/protocol";

/** How long a text is, compared with the limits of a message. */
export type Length =
  | { readonly is: "fine" }
  /** Nearly full: `left` characters are left. */
  | { readonly is: "near"; readonly left: number }
  | { readonly is: "over"; readonly why: string };

/** From this many characters before the limit on, the number left is shown. */
const NEAR_CHARS = 400;
const utf8 = new TextEncoder();

/** Measures a text against both limits of a message: characters, and bytes of UTF-8. */
export function lengthOf(text: string): Length {
  // A UTF-16 unit is at most one character and at most three bytes.
  if (text.length * 3 <= MESSAGE_BYTES_MAX) return { is: "fine" };
  const chars = [...text].length;
  if (chars > MESSAGE_CHARS_MAX) {
    const over = (chars - MESSAGE_CHARS_MAX).toLocaleString();
    return {
      is: "over",
      why: `Too long by ${over} ${over === "1" ? "character" : "characters"}.`,
    };
  }
  const bytes = utf8.encode(text).length;
  if (bytes > MESSAGE_BYTES_MAX) {
    const limit = MESSAGE_BYTES_MAX.toLocaleString();
    return {
      is: "over",
      why: `Too long: in this script it takes ${bytes.toLocaleString()} bytes, and ${limit} fit.`,
    };
  }
  const left = MESSAGE_CHARS_MAX - chars;
  return left <= NEAR_CHARS ? { is: "near", left } : { is: "fine" };
}

/** A text as it is sent: without leading blank lines and trailing blanks. */
export function trimMessage(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, "").trimEnd();
}
