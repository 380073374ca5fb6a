import { describe, expect, it } from "vitest";
import { branch, chanceOf, oneOf, seedAfter, whole } from "./chance.ts";

function draws(seed: number, times: number): number[] {
  const chance = chanceOf(seed);
  return Array.from({ length: times }, chance);
}

describe("chance", () => {
  it("is the same for the same seed, and another for another seed", () => {
    expect(draws(7, 20)).toEqual(draws(7, 20));
    expect(draws(7, 20)).not.toEqual(draws(8, 20));
  });

  it("is spread from 0 up to, but not including, 1", () => {
    const all = draws(1, 10_000);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...all)).toBeLessThan(1);
    const mean = all.reduce((sum, draw) => sum + draw, 0) / all.length;
    expect(mean).toBeCloseTo(0.5, 1);
  });

  it("reaches both ends of a range, and every item", () => {
    const chance = chanceOf(3);
    const numbers = new Set(Array.from({ length: 200 }, () => whole(chance, 2, 5)));
    expect(numbers).toEqual(new Set([2, 3, 4, 5]));
    const items = new Set(Array.from({ length: 200 }, () => oneOf(chance, ["a", "b"])));
    expect(items).toEqual(new Set(["a", "b"]));
    expect(oneOf(chance, [])).toBeUndefined();
  });

  it("branches, so that the draws of one do not change the other", () => {
    const [one, other] = [chanceOf(9), chanceOf(9)];
    const [branchOfOne, branchOfOther] = [branch(one), branch(other)];
    branchOfOne();
    expect(one()).toBe(other());
    expect(branchOfOther()).not.toBe(branchOfOne());
  });

  it("moves from seed to seed without repeating soon", () => {
    const seeds = [1];
    for (let n = 0; n < 1_000; n += 1) seeds.push(seedAfter(seeds.at(-1) ?? 0));
    expect(new Set(seeds).size).toBe(seeds.length);
  });
});
