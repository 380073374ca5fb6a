import { NAME_CHARS_MAX, NAME_UNITS_MAX } from "./limits.ts";

/** Controls, and the characters that change the direction of the text around them. */
// oxlint-disable-next-line no-control-regex -- these are the characters to take out
const UNSAFE_IN_NAME = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** At least one letter, digit, symbol or mark that can be seen. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\u115f\u1160\u3164\uffa0\u2800]/u;

/** Removes characters that disturb the text around the name, normalises and trims. */
export function cleanName(text: string): string {
  return text.normalize("NFC").replace(UNSAFE_IN_NAME, "").trim();
}

/** Whether a cleaned text has something visible and is short enough. */
export function isVisible(text: string, charsMax: number): boolean {
  return VISIBLE.test(text) && [...text].length <= charsMax;
}

/** Whether a cleaned name has something visible and is short enough. */
export function isName(text: string): boolean {
  return isVisible(text, NAME_CHARS_MAX);
}

/**
 * The canonical form of a name, as its schema gives it, for screens that do not load schemas.
 * @returns undefined if the schema would refuse it
 */
export function canonicalName(text: string): string | undefined {
  if (text.length > NAME_UNITS_MAX || !text.isWellFormed()) return undefined;
  const name = cleanName(text);
  return isName(name) ? name : undefined;
}
