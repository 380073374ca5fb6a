import { expect, it } from "vitest";
import { dueBy, isProbe } from "./speech.ts";

it("knows how many messages are due, even if earlier ones failed", () => {
  expect(dueBy(-5, 1_000)).toBe(0);
  expect(dueBy(0.9, 1_000)).toBe(0);
  expect(dueBy(1_500, 1_000)).toBe(1_500);
  expect(dueBy(100, 62.5)).toBe(6);
});

it("spreads the probes over all senders and rooms", () => {
  const probes = Array.from({ length: 100_000 }, (_, i) => i).filter((i) => isProbe(i, 50));
  expect(probes.length).toBeGreaterThan(1_800);
  expect(probes.length).toBeLessThan(2_200);
  expect(new Set(probes.map((i) => i % 10)).size).toBe(10);
});

it("makes every message a probe if asked", () => {
  expect([0, 1, 2, 3].every((i) => isProbe(i, 1))).toBe(true);
});
