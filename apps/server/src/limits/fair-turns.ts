/** Work is done as it comes for so many ms of each window; what comes beyond that waits in line. */
const AT_ONCE_MS = 10;
const WINDOW_MS = 20;
/** For how long the lines are worked off before anything else gets on, in ms. */
const SLICE_MS = 5;

/** When a server has more to do than it can, those who ask for it take turns. */
export class FairTurns {
  readonly #clock: () => number;
  /** What waits, by who asked for it, in the order of the turns. None is empty. */
  readonly #lines = new Map<string, (() => void)[]>();
  #windowFrom = -Infinity;
  /** Of the window, in ms. */
  #spent = 0;
  #isScheduled = false;

  /** @param clock steady, in ms */
  constructor(clock = () => performance.now()) {
    this.#clock = clock;
  }

  /**
   * Does work now, or in its turn where the server is busy: after what the same asker asked for
   * before, and beside what others did.
   */
  take(asker: string, work: () => void): void {
    if (this.#lines.size === 0) {
      const from = this.#clock();
      if (from - this.#windowFrom >= WINDOW_MS) [this.#windowFrom, this.#spent] = [from, 0];
      if (this.#spent < AT_ONCE_MS) {
        work();
        this.#spent += this.#clock() - from;
        return;
      }
    }
    const line = this.#lines.get(asker);
    if (line) line.push(work);
    else this.#lines.set(asker, [work]);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#workOff();
    });
  }

  #workOff(): void {
    const end = this.#clock() + SLICE_MS;
    do {
      const first = this.#lines.entries().next();
      if (first.done) return;
      const [asker, line] = first.value;
      const work = line.shift();
      // The asker goes to the end of the round.
      this.#lines.delete(asker);
      if (line.length > 0) this.#lines.set(asker, line);
      work?.();
    } while (this.#clock() < end);
    if (this.#lines.size > 0) this.#schedule();
  }
}
