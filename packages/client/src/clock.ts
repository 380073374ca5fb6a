/** Cancels a timer or a subscription. Calling it twice, or late, does nothing. */
export type Cancel = () => void;

/** The clock that the client uses; tests pass in their own. */
export interface Clock {
  /** In ms since 1970. */
  now(): number;
  /** Calls `run` once after `ms`. */
  after(ms: number, run: () => void): Cancel;
}

/** The time and randomness that a pure function gets with each input. */
export interface Moment {
  /** In ms since 1970. */
  readonly now: number;
  /** Returns a number from 0 up to, but not including, 1. */
  readonly random: () => number;
}

/**
 * The machine's clock, read once when the program starts: setting it later does not change the
 * length of a wait. On many machines it stands still while they sleep.
 */
export const systemClock: Clock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
