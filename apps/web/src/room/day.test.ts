import { expect, it } from "vitest";
import { dayOf, dayTitle } from "./day.ts";

const at = (...date: [number, number, number, number?, number?]) => new Date(...date).getTime();

it("returns the user's own day", () => {
  expect(dayOf(at(2026, 10, 20, 23, 59))).toBe("2026-11-20");
  expect(dayOf(at(2026, 10, 21, 0, 0))).toBe("2026-11-21");
  expect(dayOf(at(2026, 0, 3))).toBe("2026-01-03");
});

it("titles today and yesterday, also across a month", () => {
  const now = at(2026, 2, 1, 0, 5);
  expect(dayTitle(at(2026, 2, 1, 0, 1), now)).toBe("Today");
  expect(dayTitle(at(2026, 1, 28, 23, 59), now)).toBe("Yesterday");
});

it("titles earlier days by their date, with the year only if it differs", () => {
  const now = at(2026, 10, 20, 12);
  expect(dayTitle(at(2026, 10, 17), now)).toMatch(/17/);
  expect(dayTitle(at(2026, 10, 17), now)).not.toMatch(/2026/);
  expect(dayTitle(at(2025, 10, 17), now)).toMatch(/2025/);
});
