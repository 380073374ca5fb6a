import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TokenBucket } from "./rate-limit.ts";

const START = 1_800_000_000_000;
const fiveASecond = () => new TokenBucket({ perSecond: 5, burst: 3 }, START);

/** Takes until there is none, and gives how many there were. */
function takeAll(bucket: TokenBucket, now: number): number {
  let taken = 0;
  while (taken < 1_000 && bucket.take(now) === 0) taken += 1;
  return taken;
}

describe("a bucket of permits", () => {
  it("gives the burst at once, then says how long to wait", () => {
    const bucket = fiveASecond();
    expect(takeAll(bucket, START)).toBe(3);
    expect(bucket.take(START)).toBe(200);
    expect(bucket.take(START + 150)).toBe(50);
    expect(bucket.take(START + 200)).toBe(0);
    expect(bucket.take(START + 200)).toBe(200);
  });

  it("takes nothing if it refuses, and nothing if it is only asked", () => {
    const bucket = fiveASecond();
    takeAll(bucket, START);
    for (let i = 0; i < 10; i += 1) bucket.take(START);
    expect(bucket.wait(START + 200)).toBe(0);
    expect(bucket.wait(START + 200)).toBe(0);
    expect(takeAll(bucket, START + 200)).toBe(1);
  });

  it("never holds more than the burst, however long it is left alone", () => {
    const bucket = fiveASecond();
    takeAll(bucket, START);
    expect(takeAll(bucket, START + 86_400_000)).toBe(3);
  });

  it("gives nothing and takes nothing if the clock is set back", () => {
    const bucket = fiveASecond();
    takeAll(bucket, START);
    expect(bucket.take(START - 60_000)).toBe(200);
    expect(bucket.take(START - 60_000 + 200)).toBe(0);
  });

  it("lets a permit be spent before it is there, and makes up for it", () => {
    const bucket = fiveASecond();
    for (let i = 0; i < 5; i += 1) bucket.spend(START);
    expect(bucket.wait(START)).toBe(600);
    expect(takeAll(bucket, START + 600)).toBe(1);
  });

  it("is full once everything that was taken has come back", () => {
    const bucket = fiveASecond();
    expect(bucket.isFull(START)).toBe(true);
    bucket.take(START);
    expect(bucket.isFull(START + 199)).toBe(false);
    expect(bucket.isFull(START + 200)).toBe(true);
  });

  it("is always full if nothing is limited", () => {
    const bucket = new TokenBucket({ perSecond: Infinity, burst: Infinity }, START);
    expect(takeAll(bucket, START)).toBe(1_000);
    bucket.spend(START);
    expect(bucket.isFull(START)).toBe(true);
  });

  it("gives several permits at once, or none and says how long they take", () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 100 }, START);
    expect(bucket.take(START, 70)).toBe(0);
    expect(bucket.take(START, 70)).toBe(4_000);
    expect(bucket.take(START, 30)).toBe(0);
    expect(bucket.take(START + 7_000, 70)).toBe(0);
  });

  it("keeps to its rate over any stretch of time", () => {
    const steps = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(20), steps, (perSecond, more, pauses) => {
        const burst = 1 + more;
        const bucket = new TokenBucket({ perSecond, burst }, START);
        let now = START;
        let taken = 0;
        for (const pause of pauses) {
          now += pause;
          taken += takeAll(bucket, now);
        }
        // Sums of fractions are a hair off, never a permit.
        expect(taken).toBeLessThanOrEqual(burst + ((now - START) / 1_000) * perSecond + 1e-6);
      }),
    );
  });

  it("has a permit after the wait that it named, and none long before", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.nat(5_000), (perSecond, pause) => {
        const bucket = new TokenBucket({ perSecond, burst: 2 }, START);
        takeAll(bucket, START);
        takeAll(bucket, START + pause);
        const wait = bucket.wait(START + pause);
        // Rounding up may have added one ms, and a fraction another.
        if (wait > 2) expect(bucket.wait(START + pause + wait - 2)).toBeGreaterThan(0);
        expect(bucket.take(START + pause + wait)).toBe(0);
      }),
      { numRuns: 1_000 },
    );
  });
});
