import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import { decodeUp } from "./codec.ts";
import { FRAME_BYTES_MAX, NAME_UNITS_MAX } from "./limits.ts";

afterEach(() => vi.restoreAllMocks());

/** Records how many UTF-16 units each call of a string method works on. */
function unitsOf(method: "normalize" | "replace"): number[] {
  const units: number[] = [];
  const original = String.prototype[method] as (...args: unknown[]) => string;
  vi.spyOn(String.prototype, method).mockImplementation(function (
    this: string,
    ...args: unknown[]
  ) {
    units.push(this.length);
    return original.apply(this, args);
  });
  return units;
}

/** A text that fills a frame with characters that are expensive to normalise or replace. */
const filling = fc
  .tuple(
    fc.constantFrom(
      "\u0300\u0316",
      "\u0316",
      "a\u0300",
      "\u1100\u1161",
      "\ufb2c",
      " ",
      "\u202e",
      "a",
    ),
    fc.integer({ min: 1, max: FRAME_BYTES_MAX }),
  )
  .map(([piece, units]) => `a${piece.repeat(Math.ceil(units / piece.length)).slice(0, units)}`);

const frames = fc
  .tuple(
    fc.constantFrom("join", "rename", "chat", "edit", "react"),
    fc.dictionary(fc.constantFrom("name", "message", "emoji", "roomId", "id", "target"), filling),
  )
  .map(([type, payload]) => JSON.stringify({ type, payload: { roomId: "1", ...payload } }));

it("normalises no more of a frame than the longest name", () => {
  const normalised = unitsOf("normalize");
  const replaced = unitsOf("replace");
  const hostile = `a${"\u0300\u0316".repeat(4_000)}`;
  for (const type of ["join", "rename"]) {
    decodeUp(JSON.stringify({ type, payload: { roomId: "1", name: hostile } }));
    decodeUp(JSON.stringify({ type, payload: { roomId: "1", name: "Ze\u0301" } }));
  }
  fc.assert(fc.property(frames, (text) => void decodeUp(text)));
  expect(normalised).toContain(3);
  expect(Math.max(...normalised)).toBeLessThanOrEqual(NAME_UNITS_MAX);
  // Normalising makes a text at most three times as long.
  expect(Math.max(...replaced)).toBeLessThanOrEqual(NAME_UNITS_MAX * 3);
});
