import type { FlushClock } from "../src/timing/flush-clock.ts";

interface Waiting {
  /** Does it, or makes it fail; false if it may not be done yet. */
  mayGo(): boolean;
  go(fails: boolean): void;
}

/**
 * Work that is done at any later moment, when a test says so: within a lane in the order of the
 * calls, and the lanes among each other in any order.
 */
export class Late {
  readonly #lanes = new Map<string, Waiting[]>();

  /**
   * @param mayGo whether it may be done by now
   * @returns what it gives, or rejects if the test makes it fail
   */
  do<T>(lane: string, work: () => T, mayGo: () => boolean = () => true): Promise<T> {
    return new Promise((resolve, reject) => {
      const go = (fails: boolean) => {
        if (fails) return reject(new LateFailure());
        resolve(work());
      };
      const waiting = this.#lanes.get(lane) ?? [];
      waiting.push({ mayGo, go });
      this.#lanes.set(lane, waiting);
    });
  }

  /** What was not done yet in a lane is never done. */
  drop(lane: string): void {
    this.#lanes.delete(lane);
  }

  /**
   * Does what is next in one of the lanes.
   * @returns false if nothing can be done
   */
  step(which: number, fails = false): boolean {
    const lanes = [...this.#lanes].filter(([, [next]]) => next?.mayGo());
    const chosen = lanes[which % lanes.length];
    if (!chosen) return false;
    const [name, waiting] = chosen;
    const next = waiting.shift();
    if (waiting.length === 0) this.#lanes.delete(name);
    next?.go(fails);
    return true;
  }
}

/** The end of a window comes at any later moment. */
export function lateClock(late: Late): FlushClock {
  let windows = 0;
  return {
    now: () => 0,
    schedule(_waitMs, act) {
      const lane = `window ${(windows += 1)}`;
      late.do(lane, act).catch(act);
      return () => late.drop(lane);
    },
  };
}

/** The test made it fail. */
export class LateFailure extends Error {}
