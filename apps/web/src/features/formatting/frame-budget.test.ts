import { expect, it } from "vitest";
import { FRAME_UNITS, FrameBudget, LEAST_UNITS } from "./frame-budget.ts";

it("has a fixed number of units each frame, and gives each message at least the minimum", () => {
  const frames: (() => void)[] = [];
  const budget = new FrameBudget((run) => frames.push(run));
  expect(budget.left).toBe(FRAME_UNITS);
  budget.take(1_000);
  budget.take(1_000);
  expect(budget.left).toBe(FRAME_UNITS - 2_000);
  expect(budget.isSpent).toBe(false);
  budget.take(budget.left);
  expect(budget.left).toBe(LEAST_UNITS);
  expect(budget.isSpent).toBe(true);
  // All that is taken in a frame asks once for the next one.
  expect(frames).toHaveLength(1);
  for (const run of frames.splice(0)) run();
  expect(budget.left).toBe(FRAME_UNITS);
  budget.take(1);
  expect(frames).toHaveLength(1);
});
