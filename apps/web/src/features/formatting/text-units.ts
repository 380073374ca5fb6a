/**
 * What text takes to lay out, in units: a Latin letter or a Chinese sign takes one. As measured in
 * Chromium: other alphabets take several times as long, and so does each change between alphabets,
 * whose stretches are shaped apart, and marks that stack.
 */
const PLAIN = 1;
const OTHER = 8;
const CHANGE = 32;
const STACKED = 32;

/** The alphabets that cost least are one; of the others, each block of Unicode counts as one. */
const PLAIN_ALPHABET = 0;

function isPlain(code: number): boolean {
  return (
    code < 0x0300 ||
    (code >= 0x0370 && code < 0x0530) || // Greek, Cyrillic.
    (code >= 0x1e00 && code < 0x2000) || // More of Latin and Greek.
    (code >= 0x2010 && code < 0x2028) || // Dashes, quotation marks, dots.
    (code >= 0x3000 && code < 0xa000) || // Kana, Chinese.
    (code >= 0xac00 && code < 0xd7b0) // Hangul.
  );
}

/** Marks above each other, and what turns the direction of text. */
function isStacked(code: number): boolean {
  return (code >= 0x0300 && code < 0x0370) || (code >= 0x202a && code < 0x2070);
}

/** How far into a text some units reach. */
export interface Reach {
  /** The end of what they suffice for. */
  readonly end: number;
  /** What that takes. */
  readonly units: number;
}

/** @param from where in the text to begin */
export function reachOf(text: string, from: number, units: number): Reach {
  let used = 0;
  let alphabet = PLAIN_ALPHABET;
  for (let at = from; at < text.length; at += 1) {
    if (used >= units) return { end: at - (isLowHalf(text, at) ? 1 : 0), units: used };
    const code = text.charCodeAt(at);
    if (isStacked(code)) used += STACKED;
    // Blanks and signs of ASCII go with any alphabet.
    else if (code < 0x41) used += PLAIN;
    else {
      // Emoji consist of pairs of surrogates: these are one alphabet.
      const next = isPlain(code) ? PLAIN_ALPHABET : code >= 0xd800 ? 0xd800 : code >> 7;
      used += isPlain(code) ? PLAIN : OTHER;
      if (next !== alphabet) used += CHANGE;
      alphabet = next;
    }
  }
  return { end: text.length, units: used };
}

/** Whether the second half of a character stands here. */
function isLowHalf(text: string, at: number): boolean {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** Parts a text into pieces that each take so many units at most; at the end of a line if it can. */
export function piecesOf(text: string, units: number): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  while (from < text.length) {
    const { end } = reachOf(text, from, units);
    const line = end < text.length ? text.lastIndexOf("\n", end - 1) + 1 : end;
    const to = line > from ? line : Math.max(end, from + 1);
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}
