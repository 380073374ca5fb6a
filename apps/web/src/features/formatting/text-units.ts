/**
 * The cost of laying out text, in units: a Latin letter or a Chinese character costs one. As
 * measured in Chromium, other alphabets cost several times as much, and so does each change between
 * alphabets, because each run is shaped separately, and so do stacked marks.
 */
const PLAIN = 1;
const OTHER = 8;
const CHANGE = 32;
const STACKED = 32;

/** The cheapest alphabets count as one; of the others, each block of Unicode counts as one. */
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

/** Stacked marks and bidi controls. */
function isStacked(code: number): boolean {
  return (code >= 0x0300 && code < 0x0370) || (code >= 0x202a && code < 0x2070);
}

/** How far into a text some units reach. */
export interface Reach {
  /** The end of what they pay for. */
  readonly end: number;
  /** What that costs. */
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
    // Blanks and ASCII signs fit any alphabet.
    else if (code < 0x41) used += PLAIN;
    else {
      // Emoji are surrogate pairs: these count as one alphabet.
      const next = isPlain(code) ? PLAIN_ALPHABET : code >= 0xd800 ? 0xd800 : code >> 7;
      used += isPlain(code) ? PLAIN : OTHER;
      if (next !== alphabet) used += CHANGE;
      alphabet = next;
    }
  }
  return { end: text.length, units: used };
}

/** Whether the second half of a character is here. */
function isLowHalf(text: string, at: number): boolean {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** Splits a text into pieces of at most this many units each, at line ends if possible. */
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
