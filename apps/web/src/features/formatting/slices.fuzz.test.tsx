import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { FRAME_UNITS } from "./frame-budget.ts";
import { drawBlocks } from "./message-text.tsx";
import { parseMessage } from "./parse-message.ts";
import { Pen } from "./use-drawing.ts";
import { reachOf } from "./text-units.ts";
import type { Block } from "./tree.ts";

/** The longest message, in UTF-16 units. */
const SIZE = 4_000;
/** The most expensive text: each character changes the alphabet, and none is of a plain one. */
const DEAREST_UNITS = SIZE * 40;

const filled = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);

function drawnWith(blocks: readonly Block[], pen: Pen): string {
  return renderToStaticMarkup(drawBlocks(blocks, { pen, findMentions: () => [] }));
}

const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, "");

/** Draws a message frame by frame; returns what each frame added, in units. */
function slicesOf(text: string): number[] {
  const blocks = parseMessage(text);
  const whole = drawnWith(blocks, new Pen(Number.POSITIVE_INFINITY));
  const slices: number[] = [];
  let before = { html: "", used: 0 };
  while (before.html !== whole) {
    const pen = new Pen((slices.length + 1) * FRAME_UNITS);
    const html = drawnWith(blocks, pen);
    expect(textOf(whole).startsWith(textOf(html))).toBe(true);
    expect(pen.isDry).toBe(html !== whole);
    slices.push(pen.used - before.used);
    before = { html, used: pen.used };
    if (slices.length > DEAREST_UNITS / FRAME_UNITS + 3) throw new Error("It comes to no end.");
  }
  return slices;
}

const pieces = fc.constantFrom(
  ..."a |א|س|ก|ཀ|😀|中|\u0300\u0316|\u202e|\n|\n\n|> |\n- |\n1. |*a* |`b` |**|```js\nx\n```\n|https://a.b ".split(
    "|",
  ),
);

it.each([
  "plain words ",
  "אa",
  "กཀ",
  "\u0300\u0316\u202e",
  "😀",
  "`b` ",
  "> - > - c\n",
  "*אa* ",
  "```js\n1```\n",
])("4,000 characters of %j are drawn in slices that each have time in a frame", (piece) => {
  for (const slice of slicesOf(filled(piece))) expect(slice).toBeLessThan(FRAME_UNITS * 1.1);
});

it("draws any message in slices of a frame, and no paragraph costs more than a frame", () => {
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 6 }), (parts) => {
      const text = filled(parts.join(""));
      for (const slice of slicesOf(text)) expect(slice).toBeLessThan(FRAME_UNITS * 1.1);
      for (const block of parseMessage(text)) {
        if (block.is !== "paragraph") continue;
        const words = block.parts.map((part) => (part.is === "text" ? part.text : "")).join("");
        expect(reachOf(words, 0, Number.POSITIVE_INFINITY).units).toBeLessThan(FRAME_UNITS * 1.1);
      }
    }),
    { numRuns: 40 },
  );
});
