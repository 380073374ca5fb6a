/** Cancels what it came from; calling it again does nothing. */
export type CancelTimer = () => void;

interface Timer {
  readonly due: number;
  run: (() => void) | undefined;
}

/** Schedules waits. The wheel is the real one; tests turn it by hand. */
export interface Timers {
  /**
   * Runs `run` once, `ms` from now, rounded up to whole ticks: never earlier, and at most a tick
   * later, or as much later as the process stood still.
   */
  after(ms: number, run: () => void): CancelTimer;
}

/** Ticks that are made up for at once; what is beyond them the process slept through. */
const CATCH_UP_TICKS_MAX = 10;

/**
 * One interval for every wait of the server: heartbeats, deadlines, absences. Scheduling and
 * cancelling cost the same for any number of connections; an idle connection costs nothing a tick.
 */
export class TimerWheel implements Timers {
  readonly #slots: Set<Timer>[];
  readonly #tickMs: number;
  #now = 0;

  /**
   * @param tickMs how far apart ticks are, in ms
   * @param slots how many ticks a turn has; longer waits go round more than once
   */
  constructor(tickMs: number, slots = 512) {
    this.#tickMs = tickMs;
    this.#slots = Array.from({ length: slots }, () => new Set<Timer>());
  }

  after(ms: number, run: () => void): CancelTimer {
    const timer: Timer = { due: this.#now + Math.ceil(ms / this.#tickMs) + 1, run };
    const slot = this.#slotAt(timer.due);
    slot.add(timer);
    return () => {
      timer.run = undefined;
      slot.delete(timer);
    };
  }

  /** Moves on by one tick and runs what is due. */
  tick(): void {
    this.#now += 1;
    const slot = this.#slotAt(this.#now);
    for (const timer of slot) {
      if (timer.due > this.#now) continue;
      slot.delete(timer);
      timer.run?.();
    }
  }

  /**
   * Ticks by the clock until the given function is called. Does not keep the process alive. Time in
   * which the whole process stood still does not count: the server first reads what a peer sent in
   * that time, and then judges its silence.
   */
  start(): CancelTimer {
    let last = performance.now();
    const interval = setInterval(() => {
      const passed = Math.floor((performance.now() - last) / this.#tickMs);
      last += passed * this.#tickMs;
      const ticks = Math.min(passed, CATCH_UP_TICKS_MAX);
      for (let i = 0; i < ticks; i += 1) this.tick();
    }, this.#tickMs);
    interval.unref();
    return () => clearInterval(interval);
  }

  #slotAt(tick: number): Set<Timer> {
    const slot = this.#slots[tick % this.#slots.length];
    if (!slot) throw new Error("a wheel has at least one slot");
    return slot;
  }
}
