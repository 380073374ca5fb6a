/** What the machine's clocks say at one moment, in ms. */
export interface Reading {
  /** Since 1970; somebody may set it, and it may be wrong from the start. */
  readonly wall: number;
  /** Steady: counted from any moment, and never set. */
  readonly steady: number;
}

/** How long the wall clock has to go on steadily before it is learnt from, in ms. */
export const STEADY_FOR_MS = 600_000;
/** How fast a clock that is learnt from catches up: so many ms for each that passes. */
export const CATCH_UP_FACTOR = 4;
/** What the wall clock may gain or lose from one reading to the next and be steady, in ms. */
export const JUMP_MS = 5_000;

/**
 * A moment for deleting by age, which must not be later than it is. The wall clock is a claim: it may
 * be set years ahead for a minute, or be wrong when the machine starts. So time is believed to
 * go on from the last entry that was written, as steady time goes; if the wall clock is ahead of
 * that and has gone on steadily for a while, the belief catches up with it, a few times as fast as time.
 * A value, never changed.
 */
export interface BelievableClock {
  readonly last: Reading;
  /** In ms since 1970, at the last reading. */
  readonly belief: number;
  /** Since when the wall clock has gone on steadily, in steady ms. */
  readonly steadySince: number;
}

/**
 * A clock as it is believed at a start.
 * @param known a moment that is past, such as that of the last entry; without one, the wall clock
 *   has nobody to contradict it
 */
export function startClock(reading: Reading, known: number | undefined): BelievableClock {
  const belief = Math.min(reading.wall, known ?? reading.wall);
  return { last: reading, belief, steadySince: reading.steady };
}

/** The clock after another reading. */
export function readClock(clock: BelievableClock, reading: Reading): BelievableClock {
  const passed = Math.max(0, reading.steady - clock.last.steady);
  const gained = reading.wall - clock.last.wall - passed;
  const steadySince = Math.abs(gained) <= JUMP_MS ? clock.steadySince : reading.steady;
  const taught = Math.max(0, Math.min(passed, reading.steady - steadySince - STEADY_FOR_MS));
  const reached = clock.belief + passed + taught * (CATCH_UP_FACTOR - 1);
  // A wall clock that is behind is obeyed at once (see believedNow), and learnt from as slowly.
  const belief = taught > 0 ? Math.min(reached, reading.wall) : reached;
  return { last: reading, belief, steadySince };
}

/** A moment that is not later than now, in ms since 1970. */
export function believedNow({ belief, last }: BelievableClock): number {
  return Math.min(belief, last.wall);
}

/** How far the wall clock is ahead of what is believed, in ms. */
export function doubted(clock: BelievableClock): number {
  return clock.last.wall - believedNow(clock);
}
