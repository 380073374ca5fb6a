/** Lines that are remembered at most. */
const LINES_MAX = 200;

/** The lines that were entered, to go back to; what was being typed comes back at the end. */
export class LineHistory {
  #lines: readonly string[] = [];
  /** Which line is shown; as many as there are: the one being typed. */
  #at = 0;
  #typed = "";

  /** Remembers an entered line, and goes to the end. */
  add(text: string): void {
    if (this.#lines.at(-1) !== text) this.#lines = [...this.#lines, text].slice(-LINES_MAX);
    this.#at = this.#lines.length;
    this.#typed = "";
  }

  /** The line before the one that is shown, or undefined. @param shown what is in the line now */
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
