const NANOSECONDS = 1_000_000;

/** The time by a clock that all processes of a machine share, in ms. */
export function sharedNow(): number {
  return Number(process.hrtime.bigint()) / NANOSECONDS;
}
