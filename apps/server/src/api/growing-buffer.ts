/**
 * Bytes that arrive in chunks. Each chunk is copied, as one that is held takes hundreds of bytes
 * beside its own: a body may come byte by byte.
 */
export class GrowingBuffer {
  readonly #bytesMax: number;
  #bytes = Buffer.alloc(0);
  #length = 0;

  /** @param bytesMax what it never holds more than */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get length(): number {
    return this.#length;
  }

  /** How many bytes it still takes. */
  get free(): number {
    return this.#bytesMax - this.#length;
  }

  /** Adds a chunk of at most `free` bytes. @throws RangeError if it is larger */
  add(chunk: Buffer): void {
    if (chunk.length > this.free) throw new RangeError("The chunk is too large.");
    const length = this.#length + chunk.length;
    if (length > this.#bytes.length) {
      // Twice as large each time: no byte is copied more than twice on average.
      const size = Math.min(Math.max(length, this.#bytes.length * 2), this.#bytesMax);
      const grown = Buffer.allocUnsafe(size);
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    chunk.copy(this.#bytes, this.#length);
    this.#length = length;
  }

  /** Gives all bytes, and begins again. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = Buffer.alloc(0);
    this.#length = 0;
    return taken;
  }
}
