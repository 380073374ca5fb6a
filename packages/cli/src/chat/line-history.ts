/** How many lines are remembered. */
const LINES_MAX = 200;

/** The entered lines, to go back to. The text being typed is at the end. */
export class LineHistory {
  #lines: readonly string[] = [];
  /** The index of the line that is shown; the number of lines for the one being typed. */
  #at = 0;
  #typed = "";

  /** Remembers an entered line, and goes to the end. */
  add(text: string): void {
    if (this.#lines.at(-1) !== text) this.#lines = [...this.#lines, text].slice(-LINES_MAX);
    this.#at = this.#lines.length;
    this.#typed = "";
  }

  /**
   * The line before the one that is shown, or undefined. @param shown the present text of the line
   */
  older(shown: string): string | undefined {
    if (this.#at === 0) return undefined;
    if (this.#at === this.#lines.length) this.#typed = shown;
    this.#at -= 1;
    return this.#lines[this.#at];
  }

  /** The line after it, or undefined. */
  newer(): string | undefined {
    if (this.#at === this.#lines.length) return undefined;
    this.#at += 1;
    return this.#lines[this.#at] ?? this.#typed;
  }
}
