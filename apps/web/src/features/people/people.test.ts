import { describe, expect, it } from "vitest";
import { initialsOf } from "../presence/initials.ts";
import { countTitle, inOrder } from "../presence/people-order.ts";
import { hueOf } from "../presence/person-hue.ts";

describe("initials", () => {
  it.each([
    ["Ada", "A"],
    ["ada lovelace", "AL"],
    ["Ada King of Lovelace", "AL"],
    ["jean-luc", "JL"],
    ["  Ben  ", "B"],
    ["مريم", "م"],
    ["李小龙", "李"],
    ["👩‍🚀 Kit", "👩‍🚀K"],
    ["E\u0301mile", "É"],
    ["Z\u0351\u036b\u0353\u036a\u0302", "Z"],
    ["---", "-"],
    ["42", "4"],
  ])("of %s are %s", (name, expected) => {
    expect(initialsOf(name)).toBe(expected);
  });
});

describe("colour", () => {
  it("is always the same for the same person", () => {
    expect(hueOf("x7Gq")).toBe(hueOf("x7Gq"));
  });

  it("spreads people over the whole circle", () => {
    const hues = new Set(Array.from({ length: 200 }, (_, i) => hueOf(`person-${i}`)));
    expect(hues.size).toBe(12);
  });
});

describe("the list of people", () => {
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

  it("puts people of one name in a lasting order", () => {
    const one = { id: "1", name: "Jo" };
    const two = { id: "2", name: "Jo" };
    const self = { id: "0", name: "Ada" };
    expect(inOrder(self, [one, two])).toEqual(inOrder(self, [two, one]));
  });

  it("counts in words", () => {
    expect([1, 2, 0].map(countTitle)).toEqual(["1 person", "2 people", "0 people"]);
  });
});
