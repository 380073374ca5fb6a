import { addressesIn } from "./addresses.ts";
import type { Budget, Inline, Style } from "./tree.ts";
import { codeSpansIn } from "./code.ts";

/** The elements of code and of a link. */
const ELEMENTS = { code: 1, link: 2 };

/** A part of a text that is not plain, from `at` to `to` (UTF-16 units of the text). */
type Found =
  | { readonly at: number; readonly to: number; readonly part: Inline & { is: "code" | "link" } }
  | { readonly at: number; readonly to: number; readonly run: MarkerRun };

/** A style that was opened and not closed yet. */
interface Open {
  readonly marker: Marker;
  readonly parts: Inline[];
}

const BLANK_LINES = /(\n\s*\n)/;

/**
 * Splits text into plain text, styles, code and links. Only paired markers are removed, and no
 * style reaches over a blank line.
 * Each style is open at most once at a time. This limits the depth, and so the time, which is
 * linear.
 */
export function parseInline(text: string, budget: Budget): readonly Inline[] {
  const parts: Inline[] = [];
  for (const stanza of text.split(BLANK_LINES)) append(parts, parseStanza(stanza, budget));
  return parts;
}

function parseStanza(text: string, budget: Budget): readonly Inline[] {
  const styles = new Styles(budget);
  let from = 0;
  for (const found of findAll(text)) {
    // Markers inside code or an address belong to it.
    if (found.at < from) continue;
    if ("part" in found && !budget.take(ELEMENTS[found.part.is])) break;
    styles.add({ is: "text", text: text.slice(from, found.at) });
    if ("part" in found) styles.add(found.part);
    else styles.mark(found.run);
    from = found.to;
  }
  styles.add({ is: "text", text: text.slice(from) });
  return styles.end();
}

function findAll(text: string): readonly Found[] {
  const code = codeSpansIn(text).map((span) => ({
    at: span.from,
    to: span.to,
    part: { is: "code", text: span.text } as const,
  }));
  const links = addressesIn(text).map(({ at, text: address }) => ({
    at,
    to: at + address.length,
    part: { is: "link", address } as const,
  }));
  const runs = markerRunsIn(text).map((run) => ({
    at: run.at,
    to: run.at + run.signs.length,
    run,
  }));
  return [...code, ...links, ...runs].toSorted((a, b) => a.at - b.at);
}

/** Pairs markers; the innermost open style is the last. */
class Styles {
  readonly #parts: Inline[] = [];
  readonly #open: Open[] = [];
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  add(part: Inline): void {
    append(this.#open.at(-1)?.parts ?? this.#parts, [part]);
  }

  /** Closes what it can, otherwise opens; a run that may do neither is text. */
  mark({ signs, markers, canOpen, canClose }: MarkerRun): void {
    if (canClose && this.#closeAny(markers, signs)) return;
    if (canOpen) for (const marker of markers) this.#turnOn(marker);
    else this.add({ is: "text", text: signs });
  }

  /** What was never closed becomes text. */
  end(): readonly Inline[] {
    this.#giveUpFrom(0);
    return this.#parts;
  }

  /** @returns whether the run closed a style; the rest of it is text */
  #closeAny(markers: readonly Marker[], signs: string): boolean {
    let left = signs;
    for (let i = this.#open.length - 1; i >= 0 && left !== ""; i -= 1) {
      const marker = this.#open[i]?.marker ?? "*";
      if (!markers.includes(marker) || marker.length > left.length) continue;
      if (!this.#budget.take(1)) break;
      this.#giveUpFrom(i + 1);
      const closed = this.#open.pop();
      if (closed) this.add({ is: styleOf[marker], parts: closed.parts });
      left = left.slice(marker.length);
    }
    if (left === signs) return false;
    this.add({ is: "text", text: left });
    return true;
  }

  #turnOn(marker: Marker): void {
    const already = this.#open.findIndex((open) => open.marker === marker);
    // Of two that could open, the later one is nearer to the closing marker.
    if (already >= 0) this.#giveUpFrom(already);
    this.#open.push({ marker, parts: [] });
  }

  /** Turns the styles from the `depth`th on back into text. */
  #giveUpFrom(depth: number): void {
    while (this.#open.length > depth) {
      const open = this.#open.pop();
      if (!open) return;
      this.add({ is: "text", text: open.marker });
      append(this.#open.at(-1)?.parts ?? this.#parts, open.parts);
    }
  }
}

/** Appends parts, joining text with text; empty text adds nothing. */
function append(parts: Inline[], more: readonly Inline[]): void {
  for (const part of more) {
    const last = parts.at(-1);
    if (part.is === "text" && part.text === "") continue;
    if (part.is === "text" && last?.is === "text") {
      parts[parts.length - 1] = { is: "text", text: last.text + part.text };
    } else {
      parts.push(part);
    }
  }
}

/** A marker that opens and closes a style. */
type Marker = "**" | "__" | "*" | "_" | "~~";

const styleOf: Readonly<Record<Marker, Style>> = {
  "**": "strong",
  __: "strong",
  "*": "emphasis",
  _: "emphasis",
  "~~": "strike",
};

/** A run of marker signs in a text: its markers, and whether it can open or close there. */
interface MarkerRun {
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
function markerRunsIn(text: string): readonly MarkerRun[] {
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
