/** How many elements one message may take: more than people write, few enough for one frame. */
export const ELEMENTS_MAX = 250;

/** The elements that a message may still take. When they run out, the rest is plain text. */
export class Budget {
  #left = ELEMENTS_MAX;

  /** @returns whether this many were left */
  take(elements: number): boolean {
    const suffices = elements <= this.#left;
    this.#left = suffices ? this.#left - elements : 0;
    return suffices;
  }
}
