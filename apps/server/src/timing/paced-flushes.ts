import { TIMER_MS, type FlushClock } from "./flush-clock.ts";

/** For how long the rooms' windows are written in one turn of the event loop, in ms. */
const SLICE_MS = 10;

/** A window that has ended; nothing is done if it was cancelled meanwhile. */
interface Due {
  act: (() => void) | undefined;
}

/**
 * The clock of the windows of all rooms of a server. When many windows end at the same moment, it
 * writes some of them, and the others in the next turns of the event loop. Windows that did not wait
 * come first: those rooms are small or quiet.
 */
export class PacedFlushes implements FlushClock {
  readonly #clock: () => number;
  readonly #quiet: Due[] = [];
  readonly #busy: Due[] = [];
  #isScheduled = false;

  /** @param clock steady, in ms */
  constructor(clock = () => performance.now()) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock();
  }

  schedule(waitMs: number, act: () => void): () => void {
    const due: Due = { act };
    let timeout: NodeJS.Timeout | undefined;
    if (waitMs < TIMER_MS) this.#add(this.#quiet, due);
    else timeout = setTimeout(() => this.#add(this.#busy, due), waitMs);
    return () => {
      clearTimeout(timeout);
      due.act = undefined;
    };
  }

  #add(line: Due[], due: Due): void {
    line.push(due);
    this.#scheduleTurn();
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
    const busy = this.#busy.length;
    try {
      this.#writeFrom(this.#quiet, this.#quiet.length, end);
      this.#writeFrom(this.#busy, busy, end);
    } finally {
      if (this.#quiet.length + this.#busy.length > 0) this.#scheduleTurn();
    }
  }

  /** Writes the first so many of a line, until a time, and takes them off it. */
  #writeFrom(line: Due[], count: number, end: number): void {
    let next = 0;
    try {
      while (next < count && this.#clock() < end) {
        next += 1;
        line[next - 1]?.act?.();
      }
    } finally {
      line.splice(0, next);
    }
  }
}
