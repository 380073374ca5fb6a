/**
 * How much is drawn in one frame, in the units of text-units.ts: six of the longest Latin messages.
 */
export const FRAME_UNITS = 24_000;

/** How much each message draws at once, also if the frame's budget is spent: its beginning. */
export const LEAST_UNITS = 800;

/** What may still be drawn in this frame, by all messages together. */
export class FrameBudget {
  readonly #onNextFrame: (run: () => void) => void;
  #left = FRAME_UNITS;
  #isRenewing = false;

  /** @param onNextFrame calls back in the next frame */
  constructor(onNextFrame: (run: () => void) => void) {
    this.#onNextFrame = onNextFrame;
  }

  /** The units that are left, but at least the minimum of each message. */
  get left(): number {
    return Math.max(LEAST_UNITS, this.#left);
  }

  /** Whether messages may draw only their beginnings. */
  get isSpent(): boolean {
    return this.#left <= LEAST_UNITS;
  }

  /** Subtracts what was drawn. */
  take(units: number): void {
    this.#left -= units;
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    this.#onNextFrame(() => {
      this.#isRenewing = false;
      this.#left = FRAME_UNITS;
    });
  }
}

/** The waiting callbacks, oldest first. */
const waiting = new Set<() => void>();
let frame: number | undefined;

/**
 * Runs expensive drawing before one of the next paints, one callback a frame, so that the page
 * responds in between.
 * @returns cancels it
 */
export function inTurn(run: () => void): () => void {
  // The same function may wait twice.
  const turn = () => run();
  waiting.add(turn);
  frame ??= requestAnimationFrame(next);
  return () => {
    waiting.delete(turn);
  };
}

function next(): void {
  const [first] = waiting;
  if (first) waiting.delete(first);
  frame = waiting.size > 0 ? requestAnimationFrame(next) : undefined;
  first?.();
}
