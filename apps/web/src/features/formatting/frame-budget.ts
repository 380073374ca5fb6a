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
