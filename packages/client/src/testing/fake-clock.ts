import type { Cancel, Clock } from "../clock.ts";

/** A clock that stands still until the test moves it. */
export interface FakeClock extends Clock {
  /** Advances by this many ms and runs due timers, each at its own time. */
  advance(ms: number): void;
  /** The number of timers that are set. */
  readonly pending: number;
}

export function fakeClock(start = 1_000_000): FakeClock {
  let now = start;
  const timers = new Map<symbol, { readonly at: number; readonly run: () => void }>();
  const nextUntil = (end: number) =>
    [...timers].filter(([, { at }]) => at <= end).toSorted(([, a], [, b]) => a.at - b.at)[0];
  return {
    now: () => now,
    after(ms, run): Cancel {
      const key = Symbol("timer");
      timers.set(key, { at: now + ms, run });
      return () => void timers.delete(key);
    },
    advance(ms) {
      const end = now + ms;
      for (let next = nextUntil(end); next; next = nextUntil(end)) {
        const [key, { at, run }] = next;
        timers.delete(key);
        now = Math.max(now, at);
        run();
      }
      now = end;
    },
    get pending() {
      return timers.size;
    },
  };
}

/** Waits until every promise has settled that can settle without time passing. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
