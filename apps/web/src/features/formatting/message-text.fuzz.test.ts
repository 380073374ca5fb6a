import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ELEMENTS_MAX, plainText } from "./tree.ts";
import { drawBlocks } from "./message-text.tsx";
import { firstMentions, mentionsOf } from "./mentions.ts";
import { parseMessage } from "./parse-message.ts";
import { Pen } from "./use-drawing.ts";

/** The longest message, in characters. */
const SIZE = 4_000;
const MENTIONS = 50;
/** The levels that are open when the budget ends still get their paragraph. */
const OPEN_MAX = 6;

const findAda = mentionsOf("Ada");
const filled = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);

/** The elements that a message creates. */
function elementsOf(text: string): number {
  const html = renderToStaticMarkup(
    drawBlocks(parseMessage(text), {
      pen: new Pen(Number.POSITIVE_INFINITY),
      findMentions: firstMentions(MENTIONS, findAda),
    }),
  );
  return html.match(/<[a-z]/g)?.length ?? 0;
}

/** Pieces that cost elements, and pieces between them. */
const pieces = fc.constantFrom(
  ..."*a*|**b** |~~c~~|*_**__~~d~~__**_* |`e`|` |``f`` |Ada |@ada,|https://a.b |mailto:a@b |😀|א|a|\n\n".split(
    "|",
  ),
  ..."|> |>|- |* |1. |1) |  - |> - |- > |```\n|```js\n|> ```\n"
    .split("|")
    .map((mark) => `\n${mark}`),
);

describe("4,000 characters are drawn in a bounded number of elements", () => {
  it.each([
    "*a* ",
    "`b`",
    "https://a.b ",
    "Ada ",
    "- a\n",
    "1. a\n1) b\n",
    "- - - - a\n",
    "> a\n\n",
    ">>>>a\n\n",
    "> - > - a\n",
    "```\na```\n",
    "```js\n1```\n",
    "> ```\n>a```\nb\n",
    "- ```\n  a\n",
    "|`a`|`b`|\n",
  ])("%j", (piece) => {
    const elements = elementsOf(filled(piece));
    expect(elements).toBeGreaterThan(MENTIONS - 1);
    expect(elements).toBeLessThanOrEqual(ELEMENTS_MAX + OPEN_MAX);
  });

  it("for any sequence of pieces", () => {
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 8 }), (repeated) => {
        expect(elementsOf(filled(repeated.join("")))).toBeLessThanOrEqual(
          ELEMENTS_MAX + MENTIONS + OPEN_MAX,
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe("beyond the budget", () => {
  it("the rest is the text as it was written", () => {
    const blocks = parseMessage(`${"*a* ".repeat(ELEMENTS_MAX)}*b* \`c\` https://d.example`);
    expect(plainText(blocks)).toMatch(/^(?:a ){200,}(?:\*a\* )+\*b\* `c` https:\/\/d\.example$/);
  });

  it("a list ends, and the rest of its entries keep their marks", () => {
    const blocks = parseMessage("- a\n".repeat(ELEMENTS_MAX));
    expect(blocks.map(({ is }) => is)).toEqual(["list", "paragraph"]);
    expect(plainText(blocks)).toMatch(/^(?:a\n){100,}(?:- a\n?)+$/);
  });
});

it("a long message of real text is formatted completely", () => {
  const entry = "- **Ferry**: see `timetable.txt` and https://a.example\n";
  const blocks = parseMessage(entry.repeat(30));
  expect(plainText(blocks)).not.toMatch(/[*`-]/);
});
