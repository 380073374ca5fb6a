import { decodeUp } from "@parley/protocol";
import fc from "fast-check";
import { frames } from "../dearest/frames.ts";

/** How many frames are looked at. */
const LOOKED_AT = 500;
/** How many are taken. */
const TAKEN = 20;

/** The frames that take longest to decode, of some that chance finds (`pnpm dearest` looks longer). */
export function dearFrames(seed: number): string[] {
  return fc
    .sample(frames, { numRuns: LOOKED_AT, seed })
    .map((text) => ({ text, ms: msToDecode(text) }))
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, TAKEN)
    .map(({ text }) => text);
}

function msToDecode(text: string): number {
  const from = performance.now();
  decodeUp(text);
  return performance.now() - from;
}
