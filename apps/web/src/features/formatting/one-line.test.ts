import { expect, it } from "vitest";
import { firstLine } from "./one-line.ts";

it("is the first line with text, without its markers", () => {
  expect(firstLine("**Lunch** at _noon_\nBring bread")).toBe("Lunch at noon");
  expect(firstLine("> quoted\nanswered")).toBe("quoted");
  expect(firstLine("```js\nlet a = 1;\n```")).toBe("let a = 1;");
});

it("is cut between characters", () => {
  expect(firstLine("😀".repeat(500))).toBe(`${"😀".repeat(120)}…`);
});
