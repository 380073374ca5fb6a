import { describe, expect, it } from "vitest";
import { countTitle } from "./member.tsx";
import { inOrder } from "./people-order.ts";

describe("the list of members", () => {
  it("has oneself first, the others by name", () => {
    const self = { id: "m", name: "mia" };
    const listed = inOrder(self, [
      { id: "2", name: "ben 10" },
      self,
      { id: "1", name: "Ben 9" },
      { id: "0", name: "Ada" },
    ]);
    expect(listed.map(({ name }) => name)).toEqual(["mia", "Ada", "Ben 9", "ben 10"]);
  });

  it("puts members of the same name in a stable order", () => {
    const one = { id: "1", name: "Jo" };
    const two = { id: "2", name: "Jo" };
    const self = { id: "0", name: "Ada" };
    expect(inOrder(self, [one, two])).toEqual(inOrder(self, [two, one]));
  });

  it("counts in words", () => {
    expect([1, 2, 0].map(countTitle)).toEqual(["1 person", "2 people", "0 people"]);
  });
});
