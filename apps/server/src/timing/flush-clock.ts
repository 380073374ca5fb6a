/** A timer is no finer than this, in ms. */
export const TIMER_MS = 1;

/**
 * Runs `act` after so many ms, or at the end of this turn of the event loop if that is too
 * short for a timer: by then all that came in this turn is there.
 * @param waitMs may be negative: as soon as may be
 * @returns takes it back
 */
export function scheduleFlush(waitMs: number, act: () => void): () => void {
  if (waitMs < TIMER_MS) {
    const immediate = setImmediate(act);
    return () => clearImmediate(immediate);
  }
  const timeout = setTimeout(act, waitMs);
  return () => clearTimeout(timeout);
}

/** Waits until all that came in this turn of the event loop was taken. */
export async function endOfTurn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}

/** The clock of waits that are a matter of milliseconds; ticks of the wheel are too far apart for them. */
export interface FlushClock {
  /** In ms, from any moment on. */
  now(): number;
  /** As {@link scheduleFlush}. */
  schedule(waitMs: number, act: () => void): () => void;
}

/** The machine's own. */
export const machineClock: FlushClock = { now: () => performance.now(), schedule: scheduleFlush };
