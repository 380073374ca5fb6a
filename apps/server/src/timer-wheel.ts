/** Cancels what it came from; calling it again does nothing. */
export type Cancel = () => void;

interface Timer {
  readonly due: number;
  run: (() => void) | undefined;
}

/** Schedules waits. The wheel is the real one; tests turn it by hand. */
export interface Timers {
  /** Runs `run` once, `ms` from now: never earlier, and at most a tick later. */
  after(ms: number, run: () => void): Cancel;
}

/**
 * One interval for every wait of the server: heartbeats, deadlines, absences. Scheduling and
 * cancelling cost the same whatever the number of connections; an idle one costs nothing a tick.
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

  after(ms: number, run: () => void): Cancel {
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

  /** Ticks by the clock until the given function is called. Does not keep the process alive. */
  start(): Cancel {
    let last = performance.now();
    const interval = setInterval(() => {
      const ticks = Math.floor((performance.now() - last) / this.#tickMs);
      last += ticks * this.#tickMs;
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
