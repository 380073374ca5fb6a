/** Makes the bytes in which a transport sends frames, from the text of each. */
export type Framing = (texts: readonly string[]) => Buffer;

/** Frames that connections are sent, oldest first. */
export interface Frames {
  /** The JSON of each. */
  readonly texts: readonly string[];
  /** The bytes in which one transport sends them, in parts to be written one after another. */
  in(framing: Framing): readonly Buffer[];
}

/** The frames in the bytes of one transport. */
interface Encoded {
  readonly framing: Framing;
  readonly bytes: readonly [Buffer];
  /** Where each frame begins in them, and where the last one ends; made when first needed. */
  starts: readonly number[] | undefined;
}

/**
 * Frames that any number of connections are sent. The bytes of a transport are made once and kept,
 * so that a whole room is sent the same ones.
 */
export class EncodedFrames implements Frames {
  readonly texts: readonly string[];
  /** One for each transport that has asked: of a room, seldom more than one. */
  readonly #encoded: Encoded[] = [];

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  in(framing: Framing): readonly [Buffer] {
    return this.#encodedIn(framing).bytes;
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
        const encoded = this.#encodedIn(framing);
        const [bytes] = encoded.bytes;
        const starts = (encoded.starts ??= startsOf(this.texts, framing));
        return runsOf(kept).map(({ first, last }) =>
          bytes.subarray(starts[first], starts[last + 1]),
        );
      },
    };
  }

  #encodedIn(framing: Framing): Encoded {
    let encoded = this.#encoded.find((each) => each.framing === framing);
    if (!encoded) {
      encoded = { framing, bytes: [framing(this.texts)], starts: undefined };
      this.#encoded.push(encoded);
    }
    return encoded;
  }
}

function startsOf(texts: readonly string[], framing: Framing): readonly number[] {
  let end = 0;
  return [0, ...texts.map((text) => (end += framing([text]).length))];
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
