/** How many passed, and the name of each that did not. */
export interface Tally {
  readonly passed: number;
  readonly failed: readonly string[];
}

/** One thing that either passed or failed. */
export function tallyOne(name: string, ok: boolean): Tally {
  return ok ? { passed: 1, failed: [] } : { passed: 0, failed: [name] };
}

/** Adds tallies up. */
export function total(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.flatMap((tally) => tally.failed),
  };
}
