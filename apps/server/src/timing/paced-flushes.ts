import { TIMER_MS, type FlushClock } from "./flush-clock.ts";

/** For how long the rooms' windows are written in one turn of the event loop, in ms. */
const SLICE_MS = 10;

type Act = () => void;

/**
 * The clock of the windows of all rooms of a server. When many windows end at the same moment, it
 * writes some of them, and the others in the next turns of the event loop. Windows that did not wait
 * come first: those rooms are small or quiet.
 */
export class PacedFlushes implements FlushClock {
  readonly #clock: () => number;
  readonly #quiet = new Set<Act>();
  readonly #busy = new Set<Act>();
  #isScheduled = false;

  /** @param clock steady, in ms */
  constructor(clock = () => performance.now()) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock();
  }

  schedule(waitMs: number, act: Act): () => void {
    if (waitMs < TIMER_MS) return this.#add(this.#quiet, act);
    let cancel = (): void => clearTimeout(timeout);
    const timeout = setTimeout(() => {
      cancel = this.#add(this.#busy, act);
    }, waitMs);
    return () => cancel();
  }

  #add(due: Set<Act>, act: Act): () => void {
    // An act may be scheduled twice.
    const once = () => act();
    due.add(once);
    this.#scheduleTurn();
    return () => void due.delete(once);
  }

  #scheduleTurn(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#writeSome();
    });
  }

  #writeSome(): void {
    const end = this.#clock() + SLICE_MS;
    // Those that are added from now on are the next turn's.
    const due = [...this.#quiet, ...this.#busy];
    try {
      for (const act of due) {
        // It may have been cancelled by an earlier one.
        if (!this.#quiet.delete(act) && !this.#busy.delete(act)) continue;
        act();
        if (this.#clock() >= end) break;
      }
    } finally {
      if (this.#quiet.size + this.#busy.size > 0) this.#scheduleTurn();
    }
  }
}
