import { TICK_MS } from "../src/limits/limits.ts";
import { scheduleFlush, TIMER_MS, type FlushClock } from "../src/timing/flush-clock.ts";
import { TimerWheel } from "../src/timing/timer-wheel.ts";

/** A wheel and clocks that stand still until a test lets time pass. */
export class FakeTime {
  readonly timers = new TimerWheel(TICK_MS);
  #now = 1_800_000_000_000;
  #sinceTick = 0;
  #flushes: { readonly due: number; readonly act: () => void }[] = [];

  /** In ms since 1970, for code that is handed a clock. */
  readonly now = (): number => this.#now;

  /** What is too short for a timer comes at the end of the turn, as ever; the rest waits for a test. */
  readonly flushClock: FlushClock = {
    now: this.now,
    schedule: (waitMs, act) => {
      if (waitMs < TIMER_MS) return scheduleFlush(waitMs, act);
      const flush = { due: this.#now + waitMs, act };
      this.#flushes.push(flush);
      return () => {
        this.#flushes = this.#flushes.filter((each) => each !== flush);
      };
    },
  };

  /** Lets so many ms pass, one after the other; the wheel ticks with every 100th. */
  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 1) {
      this.#now += 1;
      for (const { act } of this.#dueFlushes()) act();
      this.#sinceTick += 1;
      if (this.#sinceTick < TICK_MS) continue;
      this.#sinceTick = 0;
      this.timers.tick();
    }
  }

  #dueFlushes() {
    const due = this.#flushes.filter((flush) => flush.due <= this.#now);
    this.#flushes = this.#flushes.filter((flush) => flush.due > this.#now);
    return due;
  }
}
