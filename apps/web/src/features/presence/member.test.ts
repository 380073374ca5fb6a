import { describe, expect, it } from "vitest";
import { initialsOf } from "./member.tsx";

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
