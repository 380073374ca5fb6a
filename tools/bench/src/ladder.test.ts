import { expect, it } from "vitest";
import { ladder, nextRate, tried, type Ladder } from "./ladder.ts";

/**
 * Climbs against a server that holds exactly this rate; returns the rates in the order of the
 * tries.
 */
function climb(capacity: number, plan: Pick<Ladder, "first" | "tries" | "between">) {
  let on = ladder(plan);
  const rates: number[] = [];
  for (let rate = nextRate(on); rate !== undefined; rate = nextRate(on)) {
    rates.push(rate);
    on = tried(on, rate <= capacity);
  }
  return { rates, held: on.held };
}

it("doubles until a rate fails, then closes in", () => {
  const { rates, held } = climb(3_100, { first: 500, tries: 1, between: 3 });
  expect(rates).toEqual([500, 1_000, 2_000, 4_000, 2_828, 3_363, 3_084]);
  expect(held).toBe(3_084);
});

it("tries a rate again before it counts as failed", () => {
  expect(climb(600, { first: 500, tries: 2, between: 0 }).rates).toEqual([500, 1_000, 1_000]);
});

it("goes down if the first rate is too high", () => {
  const { rates, held } = climb(130, { first: 500, tries: 1, between: 0 });
  expect(rates).toEqual([500, 250, 125]);
  expect(held).toBe(125);
});

it("gives up on a server that holds almost nothing", () => {
  const { rates, held } = climb(0, { first: 1_600, tries: 1, between: 3 });
  expect(rates).toEqual([1_600, 800, 400, 200, 100]);
  expect(held).toBeUndefined();
});

it("ends even if nothing ever fails", () => {
  expect(climb(Infinity, { first: 1, tries: 1, between: 3 }).held).toBe(131_072);
});

it("ends even with unlimited tries", () => {
  expect(climb(0, { first: 500, tries: 1_000, between: 3 }).rates).toHaveLength(40);
});
