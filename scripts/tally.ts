/** How many passed, and the names of those that did not. */
export interface ResultTally {
  readonly passed: number;
  readonly failed: readonly string[];
}

/** The tally of one result. */
export function tallyOne(name: string, ok: boolean): ResultTally {
  return ok ? { passed: 1, failed: [] } : { passed: 0, failed: [name] };
}

/** Adds up tallies. */
export function total(tallies: readonly ResultTally[]): ResultTally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.flatMap((tally) => tally.failed),
  };
}
