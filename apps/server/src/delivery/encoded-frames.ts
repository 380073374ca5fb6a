/** Makes the bytes in which a transport sends frames, from the text of each. */
export type Framing = (texts: readonly string[]) => Buffer;

/** Frames that connections are sent, oldest first. */
export interface Frames {
  /** The JSON of each. */
  readonly texts: readonly string[];
  /** The bytes in which one transport sends them, in parts to be written one after another. */
  in(framing: Framing): readonly Buffer[];
}

/**
 * Frames that any number of connections are sent. The bytes of a transport are made once and kept,
 * so that a whole room is sent the same ones.
 */
export class EncodedFrames implements Frames {
  readonly texts: readonly string[];
  readonly #bytes = new Map<Framing, readonly [Buffer]>();
  /** Where each frame begins in the bytes of a transport, and where the last one ends. */
  readonly #starts = new Map<Framing, readonly number[]>();

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  in(framing: Framing): readonly [Buffer] {
    let bytes = this.#bytes.get(framing);
    if (!bytes) this.#bytes.set(framing, (bytes = [framing(this.texts)]));
    return bytes;
  }

  /**
   * Some of these frames. Their parts are views of the bytes of all: a thousand members may each be
   * left out of one frame, and a copy of the rest for each would fill the memory.
   * @param kept the indexes of those frames, in ascending order
   */
  select(kept: readonly number[]): Frames {
    return {
      texts: kept.map((index) => this.texts[index] ?? ""),
      in: (framing) => {
        const [bytes] = this.in(framing);
        const starts = this.#startsIn(framing);
        return runsOf(kept).map(({ first, last }) =>
          bytes.subarray(starts[first], starts[last + 1]),
        );
      },
    };
  }

  #startsIn(framing: Framing): readonly number[] {
    let starts = this.#starts.get(framing);
    if (!starts) {
      let end = 0;
      starts = [0, ...this.texts.map((text) => (end += framing([text]).length))];
      this.#starts.set(framing, starts);
    }
    return starts;
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
