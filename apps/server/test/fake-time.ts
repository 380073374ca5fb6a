import { TICK_MS } from "../src/limits.ts";
import { TimerWheel } from "../src/timer-wheel.ts";

/** A wheel and a clock that stand still until a test lets time pass. */
export class FakeTime {
  readonly timers = new TimerWheel(TICK_MS);
  #now = 1_800_000_000_000;

  /** In ms since 1970, as whatever is handed a clock reads it. */
  readonly now = (): number => this.#now;

  /** Lets so many ms pass, a tick after the other. */
  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += TICK_MS) {
      this.#now += TICK_MS;
      this.timers.tick();
    }
  }
}
