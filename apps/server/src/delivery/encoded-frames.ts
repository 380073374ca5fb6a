/** Makes the bytes in which a transport sends frames, from the text of each. */
export type Framing = (texts: readonly string[]) => Buffer;

/**
 * Frames that any number of connections are sent, each as its JSON text. What their transports make
 * of them is made once and kept with them, so that a whole room is sent the same bytes.
 */
export class EncodedFrames {
  /** Oldest first. */
  readonly texts: readonly string[];
  readonly #make: (framing: Framing) => Buffer;
  #framing: Framing | undefined;
  #bytes: Buffer | undefined;
  /** Where connections of a room have several transports: what the others made. */
  #others: Map<Framing, Buffer> | undefined;
  /** Where each frame begins in the bytes of a transport. */
  #starts: { readonly framing: Framing; readonly at: readonly number[] } | undefined;

  constructor(texts: readonly string[], make = (framing: Framing) => framing(texts)) {
    this.texts = texts;
    this.#make = make;
  }

  /** The bytes in which one transport sends them. */
  in(framing: Framing): Buffer {
    if (this.#framing === framing && this.#bytes) return this.#bytes;
    const made = this.#others?.get(framing) ?? this.#make(framing);
    if (!this.#framing) {
      this.#framing = framing;
      this.#bytes = made;
    } else {
      this.#others ??= new Map();
      this.#others.set(framing, made);
    }
    return made;
  }

  /**
   * Some of these frames. Their bytes are cut from those of all: a thousand members may each be left
   * out of one frame, and framing the rest for each would be framing a million.
   * @param indexes of those frames, in ascending order
   */
  select(indexes: readonly number[]): EncodedFrames {
    const texts = indexes.map((index) => this.texts[index] ?? "");
    return new EncodedFrames(texts, (framing) => {
      const bytes = this.in(framing);
      const starts = this.#startsIn(framing);
      const parts = runsOf(indexes).map(({ first, last }) =>
        bytes.subarray(starts[first], starts[last + 1]),
      );
      const [only] = parts;
      return only && parts.length === 1 ? only : Buffer.concat(parts);
    });
  }

  /** The last one is where the bytes end. */
  #startsIn(framing: Framing): readonly number[] {
    if (this.#starts?.framing === framing) return this.#starts.at;
    const at = [0];
    for (const text of this.texts) at.push((at.at(-1) ?? 0) + framing([text]).length);
    this.#starts = { framing, at };
    return at;
  }
}

/** Numbers that follow one another, as one run each. */
function runsOf(ascending: readonly number[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const number of ascending) {
    const run = runs.at(-1);
    if (run && run.last + 1 === number) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs;
}
