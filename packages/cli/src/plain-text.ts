/**
 * Controls, and the characters that change the direction of the text around them; not tab and
 * newline.
 */
const CONTROLS =
  // oxlint-disable-next-line no-control-regex -- these are the characters to take out
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text from others without what could drive a terminal. */
export function plainText(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(CONTROLS, "");
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plainText(text).replaceAll(/[\t\n]+/g, " ");
}

/** A value as JSON on one line, with everything escaped that could drive a terminal. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    CONTROLS,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
