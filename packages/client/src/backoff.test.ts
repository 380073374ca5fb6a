import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterPeace, nextWait, PEACE_MS, rested, WAIT_MAX_MS } from "./backoff.ts";

/** The waits after this many failures in a row. */
function waits(failures: number, random: () => number): number[] {
  const found: number[] = [];
  let backoff = rested;
  for (let n = 0; n < failures; n += 1) {
    const next = nextWait(backoff, random);
    found.push(next.wait);
    backoff = next.backoff;
  }
  return found;
}

describe("backoff", () => {
  it("doubles the longest wait from half a second up to thirty", () => {
    expect(waits(9, () => 1)).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });

  it("waits between nothing and the longest wait: full jitter", () => {
    expect(waits(3, () => 0)).toEqual([0, 0, 0]);
    expect(waits(3, () => 0.25)).toEqual([125, 250, 500]);
  });

  it("never waits longer than the longest wait, after any number of failures", () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
        const { wait } = nextWait({ failures }, () => chance);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(WAIT_MAX_MS);
      }),
    );
  });

  it("adds its jitter to the wait that the server asked for", () => {
    expect(nextWait(rested, () => 0.5, 3_000).wait).toBe(3_250);
  });

  it("resets the failures after 30 s without one", () => {
    const tired = { failures: 5 };
    expect(afterPeace(tired, PEACE_MS - 1)).toBe(tired);
    expect(afterPeace(tired, PEACE_MS)).toBe(rested);
  });
});
