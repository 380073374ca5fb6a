import type { Moment } from "./clock.ts";

/** The longest first wait, in ms. Each further wait is at most twice as long as the one before. */
const WAIT_FIRST_MS = 500;
/** The longest wait of the backoff, in ms. */
export const WAIT_MAX_MS = 30_000;
/** After this long without a failure, in ms, earlier failures no longer count. */
export const PEACE_MS = 30_000;

/** How many attempts failed in a row. */
export interface Backoff {
  readonly failures: number;
}

/** No recent failure. */
export const rested: Backoff = { failures: 0 };

/**
 * Counts one more failure and returns how long to wait: `random(0, min(30 s, 0.5 s · 2ⁿ))`. The
 * jitter spreads a thousand clients that were dropped together.
 * @param atLeast the least wait, in ms: what the server asked for
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

/** The backoff after `peaceMs` ms without a failure. */
export function afterPeace(backoff: Backoff, peaceMs: number): Backoff {
  return peaceMs >= PEACE_MS ? rested : backoff;
}
