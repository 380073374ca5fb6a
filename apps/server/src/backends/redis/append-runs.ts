import { CommitWindow } from "../../log/commit-window.ts";
import type { FlushClock } from "../../timing/flush-clock.ts";

/**
 * Appends of a busy server leave for Redis together: it syncs once for all that it reads in one turn
 * of its event loop. They leave in the order in which they came, and each is answered by itself.
 */
export class AppendRuns {
  readonly #clock: FlushClock;
  readonly #window = new CommitWindow();
  #waiting: (() => void)[] = [];
  #next: { readonly at: number; readonly cancel: () => void } | undefined;

  constructor(clock: FlushClock) {
    this.#clock = clock;
  }

  /** Does this with the next run: at once while few come. The result, or the error, is its own. */
  add<Result>(append: () => Promise<Result>): Promise<Result> {
    const now = this.#clock.now();
    this.#window.appended(now);
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => void append().then(resolve, reject));
      const at = this.#window.dueAt(this.#waiting.length);
      if (this.#next && this.#next.at <= at) return;
      this.#next?.cancel();
      this.#next = { at, cancel: this.#clock.schedule(at - now, () => this.#leave()) };
    });
  }

  #leave(): void {
    this.#next = undefined;
    const run = this.#waiting;
    this.#waiting = [];
    this.#window.given(this.#clock.now());
    this.#window.answered(run.length);
    for (const append of run) append();
  }
}
