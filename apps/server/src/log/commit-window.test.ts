import { expect, it } from "vitest";
import { CommitWindow } from "./commit-window.ts";

/** The longest that an append waits for others, in ms. */
const GATHERED_MS = 8;

/**
 * Appends come one by one, so many ms apart, and each transaction takes 1 ms.
 * @returns how many transactions there were, and the longest wait of an append for its own
 */
function run(appends: number, gapMs: number): { transactions: number; longest: number } {
  const window = new CommitWindow();
  let waiting: number[] = [];
  let transactions = 0;
  let longest = 0;
  let busyUntil = 0;
  let next = 0;
  for (let now = 0; next < appends || waiting.length > 0; now += 1) {
    for (; next < appends && next * gapMs <= now; next += 1) {
      window.appended(now);
      waiting.push(next * gapMs);
    }
    if (now < busyUntil || waiting.length === 0 || window.dueAt(waiting.length) > now) continue;
    longest = Math.max(longest, ...waiting.map((at) => now - at));
    transactions += 1;
    waiting = [];
    window.given(now);
    window.answered(0);
    busyUntil = now + 1;
  }
  return { transactions, longest };
}

it("writes each append at once while few come", () => {
  expect(run(100, 15)).toEqual({ transactions: 100, longest: 0 });
});

it("gathers those of a log that is a little busy, for some ms", () => {
  const { transactions, longest } = run(1_000, 3);
  expect(transactions).toBeLessThan(450);
  expect(longest).toBeLessThanOrEqual(GATHERED_MS);
});

it("writes at once again after a pause", () => {
  const window = new CommitWindow();
  for (let now = 0; now < 300; now += 3) window.appended(now);
  window.given(300);
  window.answered(0);
  expect(window.dueAt(1)).toBe(300 + GATHERED_MS);
  window.appended(10_000);
  expect(window.dueAt(1)).toBeLessThan(10_000);
});

it("does not hold up a read, nor several appends at once", () => {
  const window = new CommitWindow();
  for (let now = 0; now < 300; now += 3) window.appended(now);
  window.given(300);
  window.answered(0);
  expect(window.dueAt(undefined)).toBeLessThanOrEqual(300);
  expect(window.dueAt(4)).toBeLessThanOrEqual(300);
});

it("gathers for up to 4 ms after a large transaction, if more came meanwhile", () => {
  const window = new CommitWindow();
  window.given(1_000);
  window.answered(10);
  expect(window.dueAt(undefined)).toBe(1_002);
  window.given(2_000);
  window.answered(500);
  expect(window.dueAt(500)).toBe(2_004);
});
