import { expect, it } from "vitest";
import { keptRung, printRung } from "./lower-rungs.ts";

const A_DAY_MS = 86_400_000;

it("[H3] stores for a day how a room was reached", () => {
  expect(keptRung(printRung("poll", 1_000), A_DAY_MS)).toBe("poll");
  expect(keptRung(printRung("stream", 1_000), A_DAY_MS)).toBe("stream");
  expect(keptRung(printRung("stream", 1_000), A_DAY_MS + 1_000)).toBe("socket");
});

it("starts at the top if the stored value is damaged, and at no rung without one", () => {
  expect(keptRung("something", 0)).toBe("socket");
  expect(keptRung(undefined, 0)).toBeUndefined();
});
