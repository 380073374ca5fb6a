/** What is drawn in one frame, in the units of text-units.ts: six of the longest Latin messages. */
export const FRAME_UNITS = 24_000;

/** What each message draws at once, also where the frame has no more: the beginning of it. */
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

  /** The units that are left, but at least those that each message has. */
  get left(): number {
    return Math.max(LEAST_UNITS, this.#left);
  }

  /** Whether messages may draw their beginnings only. */
  get isSpent(): boolean {
    return this.#left <= LEAST_UNITS;
  }

  /** Takes what was drawn. */
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
