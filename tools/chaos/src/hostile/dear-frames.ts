import { decodeUp } from "@parley/protocol";
import fc from "fast-check";
import { frames } from "../dearest/frames.ts";

/** How many frames are measured. */
const LOOKED_AT = 500;
/** How many are used. */
const TAKEN = 20;

/**
 * The frames that take longest to decode among some random ones (`pnpm dearest` searches longer).
 */
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
