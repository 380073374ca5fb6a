import { expect, it } from "vitest";
import { residentBytesIn, ticksIn } from "./usage.ts";

it("reads the CPU time after a name with spaces and brackets", () => {
  const stat = "4711 (node (a) b) R 1 4711 4711 0 -1 4194304 9 0 0 0 250 31 0 0 20 0 11 0 99";
  expect(ticksIn(stat)).toBe(281);
});

it("reads the resident memory", () => {
  expect(
    residentBytesIn("Name:\tnode\nVmHWM:\t  900 kB\nVmRSS:\t     512 kB\nThreads:\t11\n"),
  ).toBe(512 * 1_024);
});
