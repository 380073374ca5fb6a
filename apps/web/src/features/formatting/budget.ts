/** Elements of the page that one message may take: more than people write, few enough for a frame. */
export const ELEMENTS_MAX = 250;

/** The elements that a message may still take. Once they do not suffice, the rest is plain text. */
export class Budget {
  #left = ELEMENTS_MAX;

  /** @returns whether there were so many left */
  take(elements: number): boolean {
    const suffices = elements <= this.#left;
    this.#left = suffices ? this.#left - elements : 0;
    return suffices;
  }
}
