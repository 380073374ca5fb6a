/** The bytes of all files together, as far as this server knows, and their limit (SPEC B6). */
export class Usage {
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether this many more bytes fit. */
  admits(bytes: number): boolean {
    return this.#bytes + bytes <= this.#maxBytes;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Takes over a count of all stored files, which includes those of other servers. */
  counted(bytes: number): void {
    this.#bytes = bytes;
  }
}
