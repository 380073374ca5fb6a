import { addressesIn } from "./addresses.ts";
import type { Budget } from "./budget.ts";
import { codeSpansIn } from "./code.ts";
import { markerRunsIn, styleOf, type Marker, type MarkerRun } from "./markers.ts";
import type { Inline } from "./tree.ts";

/** What code and a link are drawn in. */
const ELEMENTS = { code: 1, link: 2 };

/** Something in a text that is not plain, from `at` up to `to` (UTF-16 units of the text). */
type Found =
  | { readonly at: number; readonly to: number; readonly part: Inline & { is: "code" | "link" } }
  | { readonly at: number; readonly to: number; readonly run: MarkerRun };

/** A style that was turned on and not off yet. */
interface Open {
  readonly marker: Marker;
  readonly parts: Inline[];
}

const BLANK_LINES = /(\n\s*\n)/;

/**
 * Parts lines of text into plain text, styles, code and links. Nothing is lost but the markers that
 * pair up, and no style reaches over a blank line.
 * Each style is open at most once at a time: this bounds the depth, and with it the time, which is
 * proportional to the text.
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
    // What lies in code or in an address is a part of it.
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

/** Pairs markers up: the innermost open style is the last. */
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

  /** What was never closed is text after all. */
  end(): readonly Inline[] {
    this.#giveUpFrom(0);
    return this.#parts;
  }

  /** @returns whether the run closed anything; what is left over of it is text */
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
    // Of two that could open, the later one is nearer to what closes.
    if (already >= 0) this.#giveUpFrom(already);
    this.#open.push({ marker, parts: [] });
  }

  /** The styles from the `depth`th on were none: their markers and parts go to the one before. */
  #giveUpFrom(depth: number): void {
    while (this.#open.length > depth) {
      const open = this.#open.pop();
      if (!open) return;
      this.add({ is: "text", text: open.marker });
      append(this.#open.at(-1)?.parts ?? this.#parts, open.parts);
    }
  }
}

/** Adds parts at the end, joining text to text; empty text adds nothing. */
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
