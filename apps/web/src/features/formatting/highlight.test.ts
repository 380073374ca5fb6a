import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { highlight } from "./highlight.ts";
import { languageNamed, type Language } from "./languages.ts";

const languages: readonly Language[] = [
  "javascript",
  "typescript",
  "python",
  "bash",
  "json",
  "xml",
  "css",
  "sql",
];
const inked = (code: string, language: Language) =>
  highlight(code, language).flatMap(({ text, ink }) => (ink ? [[ink, text]] : []));

it("knows a language by its common names, and no other", () => {
  expect(["js", "ts", "py", "sh", "html"].map(languageNamed)).toEqual([
    "javascript",
    "typescript",
    "python",
    "bash",
    "xml",
  ]);
  expect(["rust", "", "constructor"].map(languageNamed)).toEqual([undefined, undefined, undefined]);
});

describe("code", () => {
  it("is split into spans of a few colours", () => {
    expect(inked('const a = "b"; // c', "typescript")).toEqual([
      ["word", "const"],
      ["string", '"b"'],
      ["comment", "// c"],
    ]);
    expect(inked("def f(x): return 42", "python")).toEqual([
      ["word", "def"],
      ["name", "f"],
      ["word", "return"],
      ["number", "42"],
    ]);
  });

  it("gets colours for an embedded language, too", () => {
    expect(inked("<script>let a = 1</script>", "xml")).toContainEqual(["word", "let"]);
  });

  it.each(languages)("in %s stays the same text, for any input", (language) => {
    const pieces = fc.constantFrom(
      "<",
      ">",
      "&",
      '"',
      "'",
      "`",
      "${",
      "}",
      "{",
      "/*",
      "*/",
      "//",
      "#",
      "=",
      "a",
      "1",
      " ",
      "\n",
      "<script>",
      "<style>",
      "let ",
      "def ",
      "select ",
      "\\",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const code = parts.join("");
        const shown = highlight(code, language).map(({ text }) => text);
        return shown.join("") === code;
      }),
      { numRuns: 200 },
    );
  });
});

it("leaves code plain that would take thousands of spans", () => {
  expect(highlight("1, ".repeat(900), "json")).toHaveLength(1_801);
  const code = "1, ".repeat(1_100);
  expect(highlight(code, "json")).toEqual([{ text: code }]);
});
