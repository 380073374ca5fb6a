import { expect, it } from "vitest";
import { nextStuck } from "./stick.ts";

const at = (offset: number, size = 2000, view = 500) => ({ offset, size, view });

it("sticks within 50 px of the end", () => {
  expect(nextStuck(false, at(1000), at(1450))).toBe(true);
  expect(nextStuck(false, at(1000), at(1449))).toBe(false);
});

it("lets go when the reader scrolls up", () => {
  expect(nextStuck(true, at(1500), at(1440))).toBe(false);
});

it("lets go of a reader who scrolls up while messages come in", () => {
  expect(nextStuck(true, at(1500), at(1440, 2100))).toBe(false);
});

it("holds on while the list grows or the view shrinks under the reader", () => {
  expect(nextStuck(true, at(1500), at(1500, 2600))).toBe(true);
  expect(nextStuck(true, at(1500), at(1500, 2000, 200))).toBe(true);
});

it("holds on when the list becomes shorter", () => {
  expect(nextStuck(true, at(1500), at(1300, 1900))).toBe(true);
});
