import type { Moment } from "./clock.ts";

/** The first wait is at most this, in ms; each further one at most twice as much as the last. */
const WAIT_FIRST_MS = 500;
/** No wait by backoff is longer than this, in ms. */
export const WAIT_MAX_MS = 30_000;
/** After this long without a failure, in ms, the failures before are forgotten. */
export const PEACE_MS = 30_000;

/** How many tries failed in a row. */
export interface Backoff {
  readonly failures: number;
}

/** Nothing failed lately. */
export const rested: Backoff = { failures: 0 };

/**
 * Counts one more failure and says how long to wait: `random(0, min(30 s, 0.5 s · 2ⁿ))`, so that
 * a thousand clients that were dropped together do not come back together.
 * @param atLeast waited in any case, in ms: what the other end asked for
 * @returns the wait in ms
 */
export function nextWait(
  { failures }: Backoff,
  random: Moment["random"],
  atLeast = 0,
): { readonly wait: number; readonly backoff: Backoff } {
  const ceiling = Math.min(WAIT_MAX_MS, WAIT_FIRST_MS * 2 ** failures);
  return { wait: atLeast + Math.round(random() * ceiling), backoff: { failures: failures + 1 } };
}

/** The backoff after this many ms without a failure. */
export function afterPeace(backoff: Backoff, peaceMs: number): Backoff {
  return peaceMs >= PEACE_MS ? rested : backoff;
}
