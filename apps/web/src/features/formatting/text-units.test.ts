import fc from "fast-check";
import { expect, it } from "vitest";
import { piecesOf, reachOf } from "./text-units.ts";

const anyText = fc
  .array(
    fc.constantFrom(..."a|Z| |\n|\n\n|א|س|ก|ཀ|😀|👩‍👩‍👧|中|한|\u0300\u0316|\u202e|𓀀|\ud800".split("|")),
    {
      maxLength: 400,
    },
  )
  .map((parts) => parts.join(""));

const unitsOf = (text: string) => reachOf(text, 0, Number.POSITIVE_INFINITY).units;

it("costs more for what takes longer to lay out", () => {
  const other = unitsOf("שלום חברים");
  expect(other).toBeGreaterThan(unitsOf("plain word"));
  expect(unitsOf("aאbבcגdדeה")).toBeGreaterThan(other);
  expect(unitsOf("a\u0300\u0316\u0300\u0316\u0300\u0316\u0300\u0316\u0300")).toBeGreaterThan(other);
  for (const plain of ["plain words", "обычные слова", "中文文字", "한국어 글자", "it’s — “so”…"]) {
    expect(unitsOf(plain)).toBe(plain.length);
  }
});

it("reaches as far as the units allow, and never splits a character", () => {
  fc.assert(
    fc.property(anyText, fc.nat(3_000), (text, units) => {
      const reach = reachOf(text, 0, units);
      const drawn = text.slice(0, reach.end);
      expect(unitsOf(drawn)).toBeLessThanOrEqual(reach.units);
      if (reach.end < text.length) expect(reach.units).toBeGreaterThanOrEqual(units);
      if (text.isWellFormed()) expect(drawn.isWellFormed()).toBe(true);
    }),
  );
});

it("splits a text into pieces that join to it, at line ends if possible", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 40, max: 2_000 }), (text, units) => {
      const pieces = piecesOf(text, units);
      expect(pieces.join("")).toBe(text);
      for (const [at, piece] of pieces.entries()) {
        // The last character may exceed the units.
        expect(unitsOf(piece)).toBeLessThan(units + 80);
        if (at < pieces.length - 1 && piece.includes("\n")) expect(piece).toMatch(/\n$/);
      }
    }),
  );
});
