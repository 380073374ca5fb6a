import { expect, it } from "vitest";
import { flagOf, flagPatterns, nameInFlags } from "./flag.tsx";

it("gives a room the same flag every time", () => {
  expect(flagOf("7k3-f9qd-2xm")).toEqual(flagOf("7k3-f9qd-2xm"));
});

it("gives rooms of similar codes different flags, from all patterns", () => {
  const flags = Array.from({ length: 400 }, (_, i) => flagOf(`room-${i}`));
  expect(new Set(flags.map(({ pattern }) => pattern)).size).toBe(flagPatterns.length);
  expect(new Set(flags.map((flag) => JSON.stringify(flag))).size).toBeGreaterThan(60);
});

it("never paints a flag in one colour", () => {
  for (let i = 0; i < 400; i += 1) {
    const { field, charge } = flagOf(`${i}`);
    expect(field).not.toBe(charge);
  }
});

it("spells the name in six flags, each with its own pattern", () => {
  expect(nameInFlags).toHaveLength(6);
  expect(new Set(nameInFlags.map(({ pattern }) => pattern)).size).toBe(6);
});
