import { describe, expect, it } from "vitest";
import { lengthOf, trimMessage } from "./message-length.ts";

describe("the length of a message", () => {
  it("is fine up to 4,000 characters, and counted near the limit", () => {
    expect(lengthOf("x".repeat(3599))).toEqual({ is: "fine" });
    expect(lengthOf("x".repeat(3600))).toEqual({ is: "near", left: 400 });
    expect(lengthOf("x".repeat(4000))).toEqual({ is: "near", left: 0 });
  });

  it("says by how many characters it is over the limit", () => {
    expect(lengthOf("x".repeat(4001))).toMatchObject({
      is: "over",
      why: "Too long by 1 character.",
    });
    expect(lengthOf("x".repeat(4300))).toMatchObject({ why: "Too long by 300 characters." });
  });

  it("counts an emoji as one character, and its bytes against 8 KiB", () => {
    expect(lengthOf("🎉".repeat(2048))).toEqual({ is: "fine" });
    expect(lengthOf("🎉".repeat(2049))).toMatchObject({ is: "over" });
  });
});

describe("a text as it is sent", () => {
  it.each([
    ["  indented\n  twice  \n\n", "  indented\n  twice"],
    ["\n \n  code", "  code"],
    ["a\n\nb", "a\n\nb"],
    ["   ", ""],
  ])("of %j is %j", (text, sent) => {
    expect(trimMessage(text)).toBe(sent);
  });
});
