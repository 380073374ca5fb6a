import { expect, it } from "vitest";
import { badgeText, tabTitle } from "./badge.ts";

it("is on the tab before the room", () => {
  expect(tabTitle("lobby", 0)).toBe("lobby · Parley");
  expect(tabTitle("lobby", 3)).toBe("(3) lobby · Parley");
});

it("is on the icon as one figure", () => {
  expect([0, 1, 9, 10, 250].map(badgeText)).toEqual(["", "1", "9", "9+", "9+"]);
});
