import {
  believedNow,
  doubted,
  readClock,
  startClock,
  STEADY_FOR_MS,
  type BelievableClock,
  type Reading,
} from "../timing/believable-clock.ts";

/** How long the entries of a room are kept. */
export interface Retention {
  /** The last so many; Infinity: all. */
  readonly entries: number;
  /** Until so old, in ms; Infinity: for good. */
  readonly ageMs: number;
}

/** A clock that is so far ahead of what is believed is told of, in ms. */
const DOUBT_TOLD_MS = 3_600_000;

/** Age goes by a moment so far before what the clock says; 0: the clock is believed. */
export interface ClockReport {
  readonly is: "clock";
  readonly aheadMs: number;
}

/** How old an entry may get, by a clock that is believed. */
export class AgeLimit {
  readonly #ageMs: number;
  readonly #read: () => Reading;
  readonly #tell: (report: ClockReport) => void;
  readonly #startedAt: number;
  #clock: BelievableClock;
  #isDoubted = false;

  /**
   * @param lastAt when the last entry was written, in ms since 1970
   * @param tell told of a clock that is not believed
   */
  constructor(
    ageMs: number,
    lastAt: number | undefined,
    read: () => Reading,
    tell: (report: ClockReport) => void,
  ) {
    this.#ageMs = ageMs;
    this.#read = read;
    this.#tell = tell;
    const reading = read();
    this.#startedAt = reading.steady;
    this.#clock = startClock(reading, lastAt);
  }

  /** Steady time, in ms. */
  get steady(): number {
    return this.#clock.last.steady;
  }

  /** Looks at the clocks: `since` goes by what they said last. */
  look(): void {
    this.#clock = readClock(this.#clock, this.#read());
    if (!Number.isFinite(this.#ageMs)) return;
    const aheadMs = doubted(this.#clock);
    if (this.#isDoubted ? aheadMs > 0 : aheadMs < DOUBT_TOLD_MS) return;
    this.#isDoubted = aheadMs > 0;
    this.#tell({ is: "clock", aheadMs });
  }

  /** The moment from before which nothing is kept; -Infinity: all is. */
  get since(): number {
    return this.passed - this.#ageMs;
  }

  /** A moment that is believed to be over, in ms since 1970; -Infinity: none is. */
  get passed(): number {
    // If the clock is wrong at a start, this leaves the host the time to set it.
    const isTrusted = this.steady - this.#startedAt >= STEADY_FOR_MS;
    return isTrusted ? believedNow(this.#clock) : -Infinity;
  }
}

/** The machine's own. */
export const machineClocks = (): Reading => ({ wall: Date.now(), steady: performance.now() });
