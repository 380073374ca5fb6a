/** The longest time from one transaction to the next in a busy log, in ms. */
const BUSY_MS_MAX = 4;
/** How that time grows, in ms an operation of the last one: from 5,000 a second on. */
const BUSY_MS_EACH = 0.2;

/** From this average time between two appends on, in ms, those that come soon are gathered. */
const GATHERED_FROM_GAP_MS = 6;
/** The longest time from one transaction to the next for them, in ms. */
const GATHER_MS_MAX = 8;
/** So many do not wait for more. */
const GATHERED_MAX = 4;
/** How much one more append changes the average. */
const WEIGHT = 0.1;
/** A pause counts as no more than this, in ms. */
const GAP_MS_MAX = 100;

/**
 * When the next transaction is due. What comes alone is written at once. A commit costs more than
 * what is in it, so a log that is a little busy gathers appends for some ms, and a busy one gathers
 * whatever came during the last commit and a little after.
 */
export class CommitWindow {
  #gapMs = GAP_MS_MAX;
  #appendedAt = -Infinity;
  #givenAt = -Infinity;
  #busyUntil = -Infinity;

  /** An append came, at a time in ms. */
  appended(now: number): void {
    const gap = Math.min(GAP_MS_MAX, now - this.#appendedAt);
    this.#gapMs += (gap - this.#gapMs) * WEIGHT;
    this.#appendedAt = now;
  }

  /** A transaction begins. */
  given(now: number): void {
    this.#givenAt = now;
  }

  /** The transaction is over. @param size its operations if others came meanwhile, or else 0 */
  answered(size: number): void {
    this.#busyUntil = this.#givenAt + Math.min(BUSY_MS_MAX, size * BUSY_MS_EACH);
  }

  /**
   * @param appends how many wait; undefined if something else waits, too
   * @returns when to begin the next transaction
   */
  dueAt(appends: number | undefined): number {
    const isGathered =
      appends !== undefined && appends < GATHERED_MAX && this.#gapMs < GATHERED_FROM_GAP_MS;
    return Math.max(this.#busyUntil, isGathered ? this.#givenAt + GATHER_MS_MAX : -Infinity);
  }
}
