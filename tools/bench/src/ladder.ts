/** A search for the highest rate that a server holds. Rates are in messages a second. */
export interface Ladder {
  readonly first: number;
  /** How many failed tries make a rate count as failed. */
  readonly tries: number;
  /** The highest rate that was held, and the lowest that was not. */
  readonly held: number | undefined;
  readonly failed: number | undefined;
  /** How many rates between the two are still to be tried. */
  readonly between: number;
  /** How often the next rate has failed so far. */
  readonly failures: number;
  /** How many steps were taken. */
  readonly steps: number;
}

/** A server that does not hold even this share of the first rate is given up. */
const SHARE_MIN = 1 / 16;
/** No higher rate is tried. */
const RATE_MAX = 200_000;
/** The most steps of a search. */
const STEPS_MAX = 40;

/**
 * @param plan.first where to start
 * @param plan.between how many rates to try between the last one held and the first one failed
 */
export function ladder(plan: Pick<Ladder, "first" | "tries" | "between">): Ladder {
  const { first, tries, between } = plan;
  return { first, tries, between, held: undefined, failed: undefined, failures: 0, steps: 0 };
}

/** The rate to try next: twice the last until one fails, then in between; undefined at the end. */
export function nextRate({ first, held, failed, between, steps }: Ladder): number | undefined {
  if (steps >= STEPS_MAX) return undefined;
  if (held === undefined) {
    if (failed === undefined) return first;
    return failed / 2 >= first * SHARE_MIN ? failed / 2 : undefined;
  }
  if (failed === undefined) return held * 2 <= RATE_MAX ? held * 2 : undefined;
  return between > 0 ? Math.round(Math.sqrt(held * failed)) : undefined;
}

/** The state of the search after the next rate was tried. */
export function tried(on: Ladder, isHeld: boolean): Ladder {
  const rate = nextRate(on);
  if (rate === undefined) return on;
  const steps = on.steps + 1;
  if (!isHeld && on.failures + 1 < on.tries) return { ...on, steps, failures: on.failures + 1 };
  const isBetween = on.held !== undefined && on.failed !== undefined;
  const between = isBetween ? on.between - 1 : on.between;
  const found = isHeld ? { held: rate } : { failed: rate };
  return { ...on, steps, between, failures: 0, ...found };
}
