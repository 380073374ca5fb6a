/** How many bytes all files have together, as far as this server knows, and may have (SPEC B6). */
export class Usage {
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether there is space for so many bytes more. */
  admits(bytes: number): boolean {
    return this.#bytes + bytes <= this.#maxBytes;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
  }

  /** They were counted: with those of other servers, and without what is gone. */
  counted(bytes: number): void {
    this.#bytes = bytes;
  }
}
