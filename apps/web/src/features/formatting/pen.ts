import { reachOf } from "./text-units.ts";

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
