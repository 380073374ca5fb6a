import { afterEach, expect, it } from "vitest";
import { systemClock } from "./clock.ts";

const AN_HOUR_MS = 3_600_000;
const machineNow = Date.now;

afterEach(() => {
  Date.now = machineNow;
});

it("returns the time in ms since 1970", () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(AN_HOUR_MS);
  expect(Number.isInteger(systemClock.now())).toBe(true);
});

it.each([AN_HOUR_MS, -AN_HOUR_MS])(
  "goes on evenly when the machine's clock jumps by %i ms",
  (ms) => {
    const before = systemClock.now();
    Date.now = () => machineNow() + ms;
    const after = systemClock.now();
    expect(after).toBeGreaterThanOrEqual(before);
    expect(after - before).toBeLessThan(AN_HOUR_MS / 2);
  },
);
