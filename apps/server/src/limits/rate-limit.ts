import type { Rate } from "./rates.ts";

/** Sums of fractions are slightly off: a caller that waited as long as it was told gets its permit. */
const EPSILON = 1e-9;

/** A bucket of permits: `burst` at first, then `perSecond` more each second, up to `burst`. */
export class TokenBucket {
  readonly #rate: Rate;
  #permits: number;
  #filledAt: number;

  /** @param now in ms, of the same clock that `take` is given */
  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#permits = rate.burst;
    this.#filledAt = now;
  }

  /**
   * Takes permits, one by default.
   * @returns 0 if there were enough; else how long to wait for them, in ms, and nothing is taken
   */
  take(now: number, permits = 1): number {
    const wait = this.wait(now, permits);
    if (wait === 0) this.#permits -= permits;
    return wait;
  }

  /** Takes permits, also ones that are not there yet: the next request waits that much longer. */
  spend(now: number, permits = 1): void {
    this.wait(now);
    this.#permits -= permits;
  }

  /** How long until there are so many permits, in ms; 0 if there are now. Takes none. */
  wait(now: number, permits = 1): number {
    const { perSecond, burst } = this.#rate;
    if (perSecond === Infinity) return 0;
    // A clock that was set back gives nothing and takes nothing.
    const elapsed = Math.max(0, now - this.#filledAt);
    this.#permits = Math.min(burst, this.#permits + (elapsed / 1_000) * perSecond);
    this.#filledAt = now;
    const missing = permits - this.#permits;
    return missing < EPSILON ? 0 : Math.ceil((missing / perSecond) * 1_000);
  }

  /** Whether nothing was taken lately, so that the bucket need not be kept. */
  isFull(now: number): boolean {
    this.wait(now);
    return this.#permits >= this.#rate.burst;
  }
}
