import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shapeOf } from "./json-shape.ts";

/** The same measure, counted on the parsed value. */
function shapeOfValue(value: unknown): { depth: number; parts: number } {
  if (typeof value !== "object" || value === null) return { depth: 0, parts: 0 };
  const inside = Object.values(value).map(shapeOfValue);
  const fields = Array.isArray(value) ? 0 : inside.length;
  return {
    depth: 1 + Math.max(0, ...inside.map(({ depth }) => depth)),
    parts: 1 + fields + inside.reduce((sum, { parts }) => sum + parts, 0),
  };
}

describe("the shape of a JSON text", () => {
  it("is that of the parsed value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
        expect(shapeOf(JSON.stringify(value, null, indent))).toEqual(shapeOfValue(value));
      }),
    );
  });

  it.each(['{"[{:":"[{:"}', String.raw`{"\"[{:":"\\"}`, String.raw`{"a":"\\\"[[["}`])(
    "is not what stands in its strings: %s",
    (text) => {
      expect(shapeOf(text)).toEqual(shapeOfValue(JSON.parse(text)));
    },
  );

  it.each(['"', '{"a', String.raw`{"a\ `.trim(), "]]]", "{]}[:", ""])(
    "is found in any text: %j",
    (text) => {
      expect(shapeOf(text).depth).toBeLessThanOrEqual(text.length);
    },
  );
});
