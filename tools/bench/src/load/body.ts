/**
 * The body of a message: a kind, the run's mark, and filler. A probe also has the time when it was
 * due, so that its reader can measure how long it took. Both have the same length.
 */
export const PROBE = "~".charCodeAt(0);

const FILLER = ".";
/** The marks of runs, used in turn, so that messages of an earlier run are not counted. */
const MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** The digits of a time in µs: enough for three years of uptime. */
const STAMP_DIGITS = 14;
const STAMP_AT = 2;
const ZERO = "0".charCodeAt(0);

/** What the bodies of one run have in common. */
export interface BodyKind {
  /** One character. */
  readonly mark: string;
  /** The length of each body, at least 16. */
  readonly bytes: number;
}

/** The mark of a run. */
export function markOf(run: number): string {
  return MARKS.charAt(run % MARKS.length);
}

/** A message that is only counted. */
export function fillerBody({ mark, bytes }: BodyKind): string {
  return `${FILLER}${mark}`.padEnd(bytes, FILLER);
}

/** @param dueAt in ms, by the clock that reads it again */
export function probeBody({ mark, bytes }: BodyKind, dueAt: number): string {
  const stamp = Math.round(dueAt * 1_000)
    .toString()
    .padStart(STAMP_DIGITS, "0");
  return `~${mark}${stamp}`.padEnd(bytes, FILLER);
}

/** Whether the body that starts at `at` belongs to the run with this mark. */
export function isOf(mark: string, bytes: Buffer, at: number): boolean {
  return bytes[at + 1] === mark.charCodeAt(0);
}

/**
 * Reads when a probe was due, in ms, directly from the bytes of a frame.
 * @param at where the body starts
 */
export function dueAtOf(bytes: Buffer, at: number): number {
  let stamp = 0;
  const start = at + STAMP_AT;
  for (let i = start; i < start + STAMP_DIGITS; i += 1) {
    stamp = stamp * 10 + (bytes[i] ?? 0) - ZERO;
  }
  return stamp / 1_000;
}
