import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMessage } from "./parse-message.ts";
import { stepsOf } from "./steps-for-tests.ts";
import { plainText, type Block, type Inline } from "./tree.ts";

/** Nested quotes and lists, a paragraph in them, and five styles. */
const LEVELS_MAX = 4 + 1 + 5 + 1;

/** Texts in which all kinds of markers meet. */
const pieces = fc.constantFrom(
  ...Array.from("*_~`>[]()\\ \n\t-1.)a"),
  "**",
  "***",
  "__",
  "~~",
  "```",
  "```js\n",
  "\n> ",
  "\n>> ",
  "\n- ",
  "\n  - ",
  "\n1. ",
  "\n\n",
  "https://a.example/",
  "mailto:a@b.c",
  "javascript:alert(1)",
  "<b>",
  "&lt;",
  "é",
  "中",
  "🎉",
  "\u202e",
);
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join("")),
  fc.string({ unit: "grapheme", maxLength: 80 }),
);

/** What parsing may remove: markers, and blanks beside them. */
const MARKERS = /[*_~`>\s\d.)-]/;

const partsIn = (blocks: readonly Block[]): readonly Inline[] =>
  blocks.flatMap((block) => {
    if (block.is === "paragraph") return block.parts;
    if (block.is === "quote") return partsIn(block.blocks);
    if (block.is === "list") return block.items.flatMap((item) => partsIn(item.blocks));
    return [];
  });
const insideOf = (part: Inline): readonly Inline[] => ("parts" in part ? part.parts : []);
const everyPart = (parts: readonly Inline[]): readonly Inline[] =>
  parts.flatMap((part) => [part, ...everyPart(insideOf(part))]);
const depthOf = (node: unknown): number =>
  typeof node === "object" && node !== null
    ? Math.max(0, ...Object.values(node).map(depthOf)) + ("is" in node ? 1 : 0)
    : 0;
/** The names of languages are shown beside their code. */
const languagesIn = (blocks: readonly Block[]): string =>
  blocks
    .map((block) => {
      if (block.is === "code-block") return block.language ?? "";
      if (block.is === "quote") return languagesIn(block.blocks);
      if (block.is === "list") return block.items.map((item) => languagesIn(item.blocks)).join("");
      return "";
    })
    .join("");

/** Whether removing only markers from `source` can give `text`. */
function isSourceWithoutMarkers(source: string, text: string): boolean {
  let at = 0;
  for (const sign of source) {
    if (text.startsWith(sign, at)) at += sign.length;
    else if (!MARKERS.test(sign)) return false;
  }
  return at === text.length;
}

describe("any text", () => {
  it("loses nothing but markers and blanks", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const blocks = parseMessage(text);
        fc.pre(languagesIn(blocks) === "");
        // A number does not keep the sign after it.
        const alike = (any: string) => any.replaceAll(/\s/g, "").replaceAll(")", ".");
        return isSourceWithoutMarkers(alike(text), alike(plainText(blocks)));
      }),
      { numRuns: 3_000 },
    );
  });

  it("gives a tree of limited depth", () => {
    fc.assert(
      fc.property(texts, (text) => depthOf({ blocks: parseMessage(text) }) <= LEVELS_MAX),
      { numRuns: 1_000 },
    );
  });

  it("links only to http, https and mailto", () => {
    fc.assert(
      fc.property(texts, (text) =>
        everyPart(partsIn(parseMessage(text))).every(
          (part) =>
            part.is !== "link" ||
            ["http:", "https:", "mailto:"].includes(new URL(part.address).protocol),
        ),
      ),
      { numRuns: 1_000 },
    );
  });

  it("parses the same alone and between blank lines", () => {
    fc.assert(
      fc.property(fc.constantFrom("*a*", "`b` ~~c~~", "**d _e_**"), texts, (line, rest) => {
        const alone = parseMessage(line);
        const [first] = parseMessage(`${line}\n\n${rest}`);
        const parts = first?.is === "paragraph" ? first.parts : [];
        const [own] = alone;
        return (
          own?.is === "paragraph" &&
          JSON.stringify(parts).startsWith(JSON.stringify(own.parts).slice(0, -1))
        );
      }),
    );
  });
});

/** The size of the longest message, in characters. */
const SIZE = 8_192;
/**
 * The most units that parsing may scan for each unit of the text: each rule scans it a few times.
 */
const STEPS_A_UNIT_MAX = 60;

describe("parses 8 KiB of hostile text in linear steps", () => {
  const filled = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);
  const stepsFor = (text: string) => stepsOf(() => parseMessage(text)) / text.length;
  it.each([
    "*",
    "_",
    "~",
    "`",
    "[",
    ">",
    "(",
    " ",
    "\n",
    "\\",
    "-",
    "* ",
    "*a ",
    " *a",
    "**a*",
    "*a _b ",
    "a*_~~",
    "*_**__~~a",
    "~~a *b ",
    "_a*b_*",
    "` ``  ```",
    "`a``b```c",
    "> ",
    ">\n",
    "> >\n",
    "- ",
    "- \n",
    "- a\n",
    "1. ",
    " - a\n  ",
    "\n \n",
    "```\n",
    "```a\n",
    "````\n```\n",
    "> ```\n",
    "- > ",
    "[](",
    "![a](",
    "<a ",
    "&amp;",
    "https://",
    "https://a.b/)",
    "https://a.b ",
    "mailto:",
    "mailto:a@b ",
    "(https://a.b/(",
    "@a",
    "中*",
    "🎉**",
    "\u0301",
    "a\u202e",
    "a\n ",
    "```\n\n",
    "- a\n\n\n",
    "- > ```\n",
    "https://a@",
  ])("%j", (piece) => {
    const text = filled(piece);
    expect(stepsFor(text)).toBeLessThan(STEPS_A_UNIT_MAX);
    expect(depthOf({ blocks: parseMessage(text) })).toBeLessThanOrEqual(LEVELS_MAX);
  });

  it("with ever longer runs of backticks, and ever shorter ones", () => {
    const runs = Array.from({ length: 120 }, (_, at) => "`".repeat(at + 1));
    for (const between of [" a", "\n", "\n\n", " \na"]) {
      expect(stepsFor(runs.join(between))).toBeLessThan(STEPS_A_UNIT_MAX);
      expect(stepsFor(runs.toReversed().join(between))).toBeLessThan(STEPS_A_UNIT_MAX);
    }
  });

  it("with ever deeper lists and quotes", () => {
    const lines = Array.from({ length: 120 }, (_, at) => at);
    for (const text of [
      lines.map((at) => `${" ".repeat(at)}- a`).join("\n"),
      lines.map((at) => `${"> ".repeat(at)}a`).join("\n"),
      lines.map((at) => `${"> ".repeat(120 - at)}\n\n`).join(""),
      lines.map((at) => `${" ".repeat(120 - at)}1. a\n\n`).join(""),
    ]) {
      expect(stepsFor(text)).toBeLessThan(STEPS_A_UNIT_MAX);
    }
  });

  it("for any sequence of pieces", () => {
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 4 }),
        fc.array(pieces, { minLength: 1, maxLength: 5 }),
        fc.array(pieces, { maxLength: 4 }),
        (before, repeated, after) => {
          const text = before.join("") + filled(repeated.join("")) + after.join("");
          expect(stepsFor(text)).toBeLessThan(STEPS_A_UNIT_MAX);
        },
      ),
      { numRuns: 200 },
    );
  });
});
