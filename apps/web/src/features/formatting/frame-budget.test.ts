import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FRAME_UNITS, FrameBudget, inTurn, LEAST_UNITS } from "./frame-budget.ts";

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

let frames: (() => void)[] = [];
const paint = () => {
  const due = frames;
  frames = [];
  for (const frame of due) frame();
};

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it("runs one waiting callback in each frame, in order, then asks for no more frames", () => {
  const ran: string[] = [];
  inTurn(() => ran.push("a"));
  inTurn(() => ran.push("b"));
  expect(ran).toEqual([]);
  paint();
  expect(ran).toEqual(["a"]);
  paint();
  expect(ran).toEqual(["a", "b"]);
  expect(frames).toHaveLength(0);
});

it("runs a callback that asks again after those that wait", () => {
  const ran: string[] = [];
  const again = () => {
    ran.push("a");
    if (ran.length < 3) inTurn(again);
  };
  inTurn(again);
  inTurn(() => ran.push("b"));
  for (let i = 0; i < 4; i += 1) paint();
  expect(ran).toEqual(["a", "b", "a"]);
  expect(frames).toHaveLength(0);
});

it("skips cancelled ones", () => {
  const ran: string[] = [];
  const takeBack = inTurn(() => ran.push("a"));
  inTurn(() => ran.push("b"));
  takeBack();
  paint();
  expect(ran).toEqual(["b"]);
});

it("continues if one of them throws", () => {
  const ran: string[] = [];
  inTurn(() => {
    throw new Error("broken");
  });
  inTurn(() => ran.push("b"));
  expect(paint).toThrow("broken");
  paint();
  expect(ran).toEqual(["b"]);
});
