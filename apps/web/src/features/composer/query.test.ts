import { describe, expect, it } from "vitest";
import { closedEmojiAt, queryAt } from "./query.ts";

/** The query at `|`. */
const at = (marked: string) => {
  const caret = marked.indexOf("|");
  return queryAt(marked.replace("|", ""), caret);
};

describe("an emoji", () => {
  it("is looked for behind a colon and two signs", () => {
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

  it("is whole with its second colon", () => {
    expect(closedEmojiAt("go :tada:", 9)).toEqual({ is: "emoji", from: 3, text: "tada" });
    expect(closedEmojiAt("go :tada", 8)).toBeUndefined();
    expect(closedEmojiAt("at 10:30:", 9)).toBeUndefined();
  });
});

describe("a person", () => {
  it("is looked for behind an @, with blanks in the name", () => {
    expect(at("@|")).toEqual({ is: "person", from: 0, text: "" });
    expect(at("hi @Ada K|")).toEqual({ is: "person", from: 3, text: "Ada K" });
    expect(at("@ben @zo|")).toEqual({ is: "person", from: 5, text: "zo" });
  });

  it.each(["x@y|", "@a\n|", "`@b|", "@a|b"])("is not looked for in %j", (marked) => {
    expect(at(marked)).toBeUndefined();
  });
});

describe("a command", () => {
  it("is looked for at the very beginning", () => {
    expect(at("/|")).toEqual({ is: "command", from: 0, text: "" });
    expect(at("/sh|")).toEqual({ is: "command", from: 0, text: "sh" });
  });

  it.each([" /|", "a /m|", "/me |", "//m|", "/1|"])("is not looked for in %j", (marked) => {
    expect(at(marked)).toBeUndefined();
  });
});
