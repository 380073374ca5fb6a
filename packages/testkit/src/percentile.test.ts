import { expect, it } from "vitest";
import { percentile } from "./percentile.ts";

const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

it("takes the nearest rank", () => {
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile(hundred, 1)).toBe(100);
  expect(percentile([7], 0.01)).toBe(7);
});

it("counts missing values as infinite", () => {
  expect(percentile(hundred, 0.99, 101)).toBe(100);
  expect(percentile(hundred, 0.99, 102)).toBe(Infinity);
  expect(percentile(hundred, 0.5, 150)).toBe(75);
});

it("is NaN without values", () => {
  expect(percentile([], 0.5)).toBeNaN();
});
