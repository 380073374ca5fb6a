import { expect, it } from "vitest";
import { askedFor, nextChoice, type Asking } from "./asking.ts";

const query = { is: "person", from: 3, text: "a" } as const;
const chosen: Asking = { is: "asking", query, chosen: 2 };

it("begins with a query, and ends without one", () => {
  expect(askedFor({ is: "idle" }, query)).toEqual({ is: "asking", query });
  expect(askedFor(chosen, undefined)).toEqual({ is: "idle" });
});

it("forgets what was chosen as one types on", () => {
  expect(askedFor(chosen, { ...query, text: "ad" })).toEqual({
    is: "asking",
    query: { ...query, text: "ad" },
  });
});

it("is quiet about a query that one is done with, not about another", () => {
  const done: Asking = { is: "done", from: 3 };
  expect(askedFor(done, query)).toBe(done);
  expect(askedFor(done, { ...query, from: 9 }).is).toBe("asking");
  expect(askedFor(done, undefined)).toEqual({ is: "idle" });
});

it("goes round with the arrow keys", () => {
  expect([undefined, 0, 2].map((at) => nextChoice(at, 1, 3))).toEqual([0, 1, 0]);
  expect([undefined, 0, 2].map((at) => nextChoice(at, -1, 3))).toEqual([2, 2, 1]);
});
