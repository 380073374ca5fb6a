import { createContext, useContext, useEffect, useState } from "react";
import { FrameBudget, inTurn } from "./frame-budget.ts";
import { parseMessage } from "./parse-message.ts";
import type { Block } from "./tree.ts";
import { reachOf } from "./text-units.ts";

/** How much of a message is drawn. */
interface Drawing {
  readonly text: string;
  /** Undefined before it is parsed: until then, its beginning is plain text. */
  readonly blocks: readonly Block[] | undefined;
  /** The units that the pen may use for it. */
  readonly units: number;
}

/** Whether messages are drawn completely at once, as for a printer. */
export const DrawWhole = createContext(false);

const budget = new FrameBudget((run) => requestAnimationFrame(run));

/**
 * Draws a message from its beginning on, within the budget of each frame. A long and expensive one,
 * or many of them, continue in later frames.
 * @param draw draws blocks with a pen
 */
export function useDrawing<T>(text: string, draw: (blocks: readonly Block[], pen: Pen) => T): T {
  const isWhole = useContext(DrawWhole);
  const begin = (): Drawing => {
    if (!isWhole && budget.isSpent) return { text, blocks: undefined, units: budget.left };
    const blocks = parseMessage(text);
    if (isWhole) return { text, blocks, units: Number.POSITIVE_INFINITY };
    const units = budget.left;
    const pen = new Pen(units);
    draw(blocks, pen);
    budget.take(pen.used);
    return { text, blocks, units };
  };
  const [kept, setKept] = useState(begin);
  const drawing = kept.text === text ? kept : begin();
  if (drawing !== kept) setKept(drawing);

  const { blocks, units } = drawing;
  const pen = new Pen(units);
  const drawn = draw(blocks ?? [{ is: "paragraph", parts: [{ is: "text", text }] }], pen);
  const isDone = blocks !== undefined && !pen.isDry;
  useEffect(() => {
    if (isDone) return undefined;
    return inTurn(() => {
      const more = budget.left;
      budget.take(more);
      setKept({ text, blocks: blocks ?? parseMessage(text), units: blocks ? units + more : more });
    });
  }, [isDone, text, blocks, units]);
  return drawn;
}

/** The cost of an element's layout, in the units of text. */
const ELEMENT_UNITS = 160;

/** Draws as much of a message as the units allow, from its beginning. */
export class Pen {
  #left: number;
  #used = 0;
  #isDry = false;

  constructor(units: number) {
    this.#left = units;
  }

  /** Whether something was left out. */
  get isDry(): boolean {
    return this.#isDry;
  }

  /** The units that were used. */
  get used(): number {
    return this.#used;
  }

  /** @returns whether an element here, or `count` nested ones, can be drawn */
  element(count = 1): boolean {
    this.#isDry ||= this.#left <= 0;
    if (!this.#isDry) this.#take(count * ELEMENT_UNITS);
    return !this.#isDry;
  }

  /** @returns the beginning of the text, as far as it can be drawn */
  write(text: string): string {
    if (this.#isDry) return "";
    const { end, units } = reachOf(text, 0, this.#left);
    this.#isDry = end < text.length;
    this.#take(units);
    return text.slice(0, end);
  }

  #take(units: number): void {
    this.#left -= units;
    this.#used += units;
  }
}
