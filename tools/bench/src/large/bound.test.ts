import { expect, it } from "vitest";
import { boundOfJoining, boundOfTalk, nearestBound } from "./bound.ts";

const use = { cpu: 0.5, memory: 0.2, openFiles: 0.3 };
const some = { joined: 1_500, wanted: 2_000, failed: 500, ms: 60_000, isLate: false };

it("names no bound where everybody joined", () => {
  expect(boundOfJoining({ ...some, joined: 2_000 }, use)).toBeUndefined();
});

it("names what kept members from joining", () => {
  expect(boundOfJoining(some, { ...use, memory: 0.95 })).toBe("memory (1,500 of 2,000 in)");
  expect(boundOfJoining(some, { ...use, openFiles: 0.99 })).toBe(
    "open files of a process (1,500 of 2,000 in)",
  );
  expect(boundOfJoining({ ...some, isLate: true }, use)).toBe(
    "the time to join, with 50 % of the CPU used (1,500 of 2,000 in after 60 s)",
  );
  expect(boundOfJoining(some, use)).toBe("500 joins that failed (1,500 of 2,000 in)");
});

it("names what kept a load from being held", () => {
  const held = { arrived: 1, p99: 20, lost: 0 };
  expect(boundOfTalk(held, use)).toBeUndefined();
  expect(boundOfTalk({ ...held, arrived: 0.8 }, { ...use, cpu: 0.98 })).toMatch(/^CPU \(80 %/);
  expect(boundOfTalk({ ...held, p99: 2_000 }, use)).toMatch(/^delay, with 50 %/);
  expect(boundOfTalk({ ...held, lost: 3 }, use)).toBe("3 connections lost");
});

it("puts first what is nearest to its limit", () => {
  expect(nearestBound({ ...use, openFiles: Number.NaN })).toBe("CPU 50 %, memory 20 %");
});
