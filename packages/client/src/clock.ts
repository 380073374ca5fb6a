/** Calls off what was set. Calling it twice, or late, does nothing. */
export type Cancel = () => void;

/** Time, as far as the client knows it. */
export interface Clock {
  /** In ms since 1970. */
  now(): number;
  /** Runs something once after `ms`. */
  after(ms: number, run: () => void): Cancel;
}

/** What the pure parts are told about the world when something happens. */
export interface Moment {
  /** In ms since 1970. */
  readonly now: number;
  /** Gives a number from 0 up to, and without, 1. */
  readonly random: () => number;
}

/**
 * The clock of the machine as it stood when the program began. From then on it goes evenly: a wait
 * is as long as it was meant to be, also where somebody sets the machine's clock meanwhile.
 */
export const systemClock: Clock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
