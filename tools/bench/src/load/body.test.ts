import { expect, it } from "vitest";
import { dueAtOf, fillerBody, isOf, markOf, probeBody, PROBE } from "./body.ts";

const kind = { mark: "C", bytes: 64 };

it("makes probes as long as all other messages", () => {
  expect(fillerBody(kind)).toHaveLength(64);
  expect(probeBody(kind, 12.5)).toHaveLength(64);
});

it("reads from the bytes of a frame when a probe was due, to the µs", () => {
  const bytes = Buffer.from(`before ${probeBody(kind, 98_765_432.109)} after`);
  expect(bytes[7]).toBe(PROBE);
  expect(dueAtOf(bytes, 7)).toBeCloseTo(98_765_432.109, 3);
});

it("distinguishes the messages of one run from those of another", () => {
  const bytes = Buffer.from(fillerBody({ mark: markOf(3), bytes: 16 }));
  expect(isOf(markOf(3), bytes, 0)).toBe(true);
  expect(isOf(markOf(4), bytes, 0)).toBe(false);
  expect(bytes[0]).not.toBe(PROBE);
});
