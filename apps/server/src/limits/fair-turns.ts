/**
 * Work is done as it comes for so many ms of each window, and of each turn of the event loop, however
 * long that takes; what comes beyond that waits in line.
 */
const AT_ONCE_MS = 10;
const WINDOW_MS = 20;
/** For how long the lines are worked off before anything else gets on, in ms. */
const SLICE_MS = 5;
/** After so many ms, what an asker spent before counts half. */
const HALVED_EVERY_MS = 1_000;
/** So little is as good as nothing, in ms. */
const FORGOTTEN_MS = 0.05;

/** Something to do; gives the further time that its consequences take, in ms, if that is known. */
export type Work = () => number | void;
type Lines = Map<string, Work[]>;

/**
 * When a server has more to do than it can, those who ask for it take turns. Those who spent less
 * than half of the average lately come before the others: together they use less than half of the
 * time, so that the others get on, too.
 */
export class FairTurns {
  readonly #clock: () => number;
  /** What waits, by who asked for it, in the order of the turns. No line is empty. */
  readonly #light: Lines = new Map();
  readonly #heavy: Lines = new Map();
  /** What each asker spent lately, in ms. */
  readonly #spentBy = new Map<string, number>();
  #spentByAll = 0;
  #halvedAt: number;
  #windowFrom = -Infinity;
  /** Of the window, in ms. */
  #spent = 0;
  #isScheduled = false;
  /** Whether the event loop has not gone round since the window began. */
  #isWindowsTurn = false;

  /** @param clock steady, in ms */
  constructor(clock = () => performance.now()) {
    this.#clock = clock;
    this.#halvedAt = clock();
  }

  /**
   * Does work now, or in its turn if the server is busy: after what the same asker asked for
   * before, and beside what others did.
   * @returns how much of this asker waits now
   */
  take(asker: string, work: Work): number {
    if (this.#isIdle) {
      const from = this.#clock();
      this.#halve(from);
      if (from - this.#windowFrom >= WINDOW_MS && !this.#isWindowsTurn) this.#beginWindow(from);
      if (this.#spent < AT_ONCE_MS) {
        this.#spent += this.#perform(asker, work);
        return 0;
      }
    }
    let line = this.#light.get(asker) ?? this.#heavy.get(asker);
    if (!line) this.#linesFor(asker).set(asker, (line = []));
    this.#schedule();
    return line.push(work);
  }

  #beginWindow(from: number): void {
    [this.#windowFrom, this.#spent] = [from, 0];
    this.#isWindowsTurn = true;
    setImmediate(() => {
      this.#isWindowsTurn = false;
    });
  }

  get #isIdle(): boolean {
    return this.#light.size + this.#heavy.size === 0;
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
    this.#halve(this.#clock());
    for (let left = SLICE_MS; left > 0;) {
      const lines = this.#light.size > 0 ? this.#light : this.#heavy;
      const first = lines.entries().next();
      if (first.done) return;
      const [asker, line] = first.value;
      const work = line.shift();
      // The asker goes to the end of the round.
      lines.delete(asker);
      if (line.length > 0) this.#linesFor(asker).set(asker, line);
      if (work) left -= this.#perform(asker, work);
    }
    if (!this.#isIdle) this.#schedule();
  }

  /** @returns how long it takes, in ms */
  #perform(asker: string, work: Work): number {
    const from = this.#clock();
    const beside = work() ?? 0;
    const took = this.#clock() - from + beside;
    this.#spentBy.set(asker, (this.#spentBy.get(asker) ?? 0) + took);
    this.#spentByAll += took;
    return took;
  }

  #linesFor(asker: string): Lines {
    const average = this.#spentByAll / this.#spentBy.size;
    return (this.#spentBy.get(asker) ?? 0) * 2 < average ? this.#light : this.#heavy;
  }

  /** Halves what each asker spent, once for each time that has come since the last one. */
  #halve(now: number): void {
    const times = Math.floor((now - this.#halvedAt) / HALVED_EVERY_MS);
    if (times < 1) return;
    this.#halvedAt += times * HALVED_EVERY_MS;
    this.#spentByAll = 0;
    for (const [asker, before] of this.#spentBy) {
      const spent = before / 2 ** times;
      if (spent < FORGOTTEN_MS) {
        this.#spentBy.delete(asker);
      } else {
        this.#spentBy.set(asker, spent);
        this.#spentByAll += spent;
      }
    }
  }
}
