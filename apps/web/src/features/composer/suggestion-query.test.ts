import { describe, expect, it } from "vitest";
import { askedFor, type Asking, closedEmojiAt, nextChoice, queryAt } from "./suggestion-query.ts";

/** The query at `|`. */
const at = (marked: string) => {
  const caret = marked.indexOf("|");
  return queryAt(marked.replace("|", ""), caret);
};

describe("an emoji", () => {
  it("is searched for after a colon and two characters", () => {
    expect(at("well :smi|")).toEqual({ is: "emoji", from: 5, text: "smi" });
    expect(at(":+1| yes")).toEqual({ is: "emoji", from: 0, text: "+1" });
    expect(at("(:TA|")).toEqual({ is: "emoji", from: 1, text: "TA" });
  });

  it.each([
    ":s|",
    "10:30|",
    "a:bc|",
    "std::vec|",
    ":-)|",
    ":smi le|",
    ":sm|ile",
    "`:smi|",
    "https://a|",
  ])("is not looked for in %s", (marked) => {
    expect(at(marked)).toBeUndefined();
  });

  it("is complete with its second colon", () => {
    expect(closedEmojiAt("go :tada:", 9)).toEqual({ is: "emoji", from: 3, text: "tada" });
    expect(closedEmojiAt("go :tada", 8)).toBeUndefined();
    expect(closedEmojiAt("at 10:30:", 9)).toBeUndefined();
  });
});

describe("a member", () => {
  it("is searched for after an @, with blanks in the name", () => {
    expect(at("@|")).toEqual({ is: "person", from: 0, text: "" });
    expect(at("hi @Ada K|")).toEqual({ is: "person", from: 3, text: "Ada K" });
    expect(at("@ben @zo|")).toEqual({ is: "person", from: 5, text: "zo" });
  });

  it.each(["x@y|", "@a\n|", "`@b|", "@a|b"])("is not searched for in %j", (marked) => {
    expect(at(marked)).toBeUndefined();
  });
});

describe("a command", () => {
  it("is searched for at the very beginning", () => {
    expect(at("/|")).toEqual({ is: "command", from: 0, text: "" });
    expect(at("/sh|")).toEqual({ is: "command", from: 0, text: "sh" });
  });

  it.each([" /|", "a /m|", "/me |", "//m|", "/1|"])("is not searched for in %j", (marked) => {
    expect(at(marked)).toBeUndefined();
  });
});

const query = { is: "person", from: 3, text: "a" } as const;
const chosen: Asking = { is: "asking", query, chosen: 2 };

it("begins with a query, and ends without one", () => {
  expect(askedFor({ is: "idle" }, query)).toEqual({ is: "asking", query });
  expect(askedFor(chosen, undefined)).toEqual({ is: "idle" });
});

it("drops the choice when the query changes", () => {
  expect(askedFor(chosen, { ...query, text: "ad" })).toEqual({
    is: "asking",
    query: { ...query, text: "ad" },
  });
});

it("stays closed for a dismissed query, but not for another", () => {
  const done: Asking = { is: "done", from: 3 };
  expect(askedFor(done, query)).toBe(done);
  expect(askedFor(done, { ...query, from: 9 }).is).toBe("asking");
  expect(askedFor(done, undefined)).toEqual({ is: "idle" });
});

it("wraps around with the arrow keys", () => {
  expect([undefined, 0, 2].map((at) => nextChoice(at, 1, 3))).toEqual([0, 1, 0]);
  expect([undefined, 0, 2].map((at) => nextChoice(at, -1, 3))).toEqual([2, 2, 1]);
});
