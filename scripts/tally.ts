/** How many passed, and the names of those that did not. */
export interface Tally {
  readonly passed: number;
  readonly failed: readonly string[];
}

/** The tally of one result. */
export function tallyOne(name: string, ok: boolean): Tally {
  return ok ? { passed: 1, failed: [] } : { passed: 0, failed: [name] };
}

/** Adds up tallies. */
export function total(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.flatMap((tally) => tally.failed),
  };
}
