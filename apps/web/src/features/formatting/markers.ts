import type { Style } from "./tree.ts";

/** A marker that opens and closes a style. */
export type Marker = "**" | "__" | "*" | "_" | "~~";

export const styleOf: Readonly<Record<Marker, Style>> = {
  "**": "strong",
  __: "strong",
  "*": "emphasis",
  _: "emphasis",
  "~~": "strike",
};

/** A run of marker signs in a text: its markers, and whether it can open or close there. */
export interface MarkerRun {
  readonly at: number;
  readonly signs: string;
  readonly markers: readonly Marker[];
  readonly canOpen: boolean;
  readonly canClose: boolean;
}

const RUNS = /\*+|_+|~+/g;
/**
 * Letters and digits of scripts with blanks between words: a marker inside such a word is plain
 * text.
 */
const WORD =
  /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{N}\p{M}]/u;

const MARKERS: Readonly<Record<string, readonly Marker[]>> = {
  "*": ["*"],
  "**": ["**"],
  "***": ["**", "*"],
  _: ["_"],
  __: ["__"],
  ___: ["__", "_"],
  "~~": ["~~"],
};

/**
 * Finds the markers in a text. `2 * 3`, `snake_case` and `¯\_(ツ)_/¯` have none that pair: an
 * opening one has text after it and is not inside a word nor after a backslash; a closing one has
 * text before it and is not inside a word.
 */
export function markerRunsIn(text: string): readonly MarkerRun[] {
  const runs: MarkerRun[] = [];
  for (const { 0: signs, index: at } of text.matchAll(RUNS)) {
    const markers = MARKERS[signs];
    if (!markers) continue;
    const before = characterBefore(text, at);
    const after = characterAt(text, at + signs.length);
    const canOpen = /\S/.test(after) && !WORD.test(before) && before !== "\\";
    const canClose = /\S/.test(before) && !WORD.test(after);
    if (canOpen || canClose) runs.push({ at, signs, markers, canOpen, canClose });
  }
  return runs;
}

/** The character at a place; a blank beyond the end of the text. */
function characterAt(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? " " : String.fromCodePoint(point);
}

function characterBefore(text: string, at: number): string {
  // A low surrogate belongs to a character of two units.
  return /^[\udc00-\udfff]/.test(text.charAt(at - 1))
    ? characterAt(text, at - 2)
    : characterAt(text, at - 1);
}
