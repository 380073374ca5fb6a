/** Makes the bytes in which a transport sends frames, from the text of each. */
export type Framing = (texts: readonly string[]) => Buffer;

/**
 * Frames that any number of connections are sent, each as its JSON text. What their transports make
 * of them is made once and kept with them, so that a whole room is sent the same bytes.
 */
export class EncodedFrames {
  /** Oldest first. */
  readonly texts: readonly string[];
  #framing: Framing | undefined;
  #bytes: Buffer | undefined;
  /** Where connections of a room have several transports: what the others made. */
  #others: Map<Framing, Buffer> | undefined;

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  /** The bytes in which one transport sends them. */
  in(framing: Framing): Buffer {
    if (this.#framing === framing && this.#bytes) return this.#bytes;
    const made = this.#others?.get(framing) ?? framing(this.texts);
    if (!this.#framing) {
      this.#framing = framing;
      this.#bytes = made;
    } else {
      this.#others ??= new Map();
      this.#others.set(framing, made);
    }
    return made;
  }
}
