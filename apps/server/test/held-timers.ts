import type { Timers } from "../src/timing/timer-wheel.ts";

/** Waits of webhooks that a test ends. */
export class HeldTimers implements Timers {
  /** All waits so far, in ms. */
  readonly waits: number[] = [];
  #due: { readonly ms: number; readonly run: () => void }[] = [];

  after(ms: number, run: () => void): () => void {
    const wait = { ms, run };
    this.waits.push(ms);
    this.#due.push(wait);
    return () => {
      this.#due = this.#due.filter((each) => each !== wait);
    };
  }

  /** Ends all waits but those of rounds. */
  end(): void {
    const due = this.#due.filter(({ ms }) => ms !== 10_000);
    this.#due = this.#due.filter(({ ms }) => ms === 10_000);
    for (const { run } of due) run();
  }
}
