import { expect, it } from "vitest";
import { nextHold, type Hold } from "./stick.ts";

const at = (offset: number, size = 2000, view = 500) => ({ offset, size, view });
const scrolled = (hold: Hold, moved: "up" | "down" | undefined, scroll: ReturnType<typeof at>) =>
  nextHold(hold, { type: "scroll", moved, scroll });

it("sticks within 50 px of the end", () => {
  expect(scrolled("free", "down", at(1450))).toBe("stuck");
  expect(scrolled("free", "down", at(1449))).toBe("free");
  expect(scrolled("stuck", "up", at(1450))).toBe("leaving");
  expect(nextHold("leaving", { type: "rest", scroll: at(1450) })).toBe("stuck");
});

it("releases when the user scrolls further up", () => {
  expect(scrolled("stuck", "up", at(1440))).toBe("leaving");
  expect(nextHold("leaving", { type: "rest", scroll: at(1440) })).toBe("free");
});

it("holds where the list, its view or its own scrolls move it", () => {
  expect(scrolled("stuck", undefined, at(1500, 2600))).toBe("stuck");
  expect(scrolled("stuck", undefined, at(1200, 2000, 480))).toBe("stuck");
  expect(scrolled("stuck", "down", at(1500))).toBe("stuck");
});

it("sticks where a shorter list ends in the view", () => {
  expect(scrolled("free", undefined, at(1000, 1500))).toBe("stuck");
});

it("does not pull back a user who scrolls up slowly while messages pour in", () => {
  const leaving = nextHold("stuck", { type: "reach", up: true });
  expect(leaving).toBe("leaving");
  expect(scrolled(leaving, "up", at(1530, 2070))).toBe("leaving");
  expect(nextHold(leaving, { type: "rest", scroll: at(1460, 2400) })).toBe("free");
});

it("sticks again after an attempt to scroll up that did not move", () => {
  expect(nextHold("leaving", { type: "rest", scroll: at(1470) })).toBe("stuck");
});

it("does not move a user who is further up", () => {
  expect(nextHold("free", { type: "reach", up: true })).toBe("free");
  expect(nextHold("free", { type: "rest", scroll: at(1500) })).toBe("free");
  expect(scrolled("free", "up", at(1470))).toBe("free");
});

it("sticks again when the view grows down to the end", () => {
  const resized = (hold: Hold, scroll: ReturnType<typeof at>) =>
    nextHold(hold, { type: "resize", scroll });
  expect(resized("free", at(1200, 2000, 760))).toBe("stuck");
  expect(resized("free", at(1200, 2000, 700))).toBe("free");
  expect(resized("stuck", at(1200, 2000, 700))).toBe("stuck");
  expect(resized("leaving", at(1200, 2000, 800))).toBe("leaving");
});

it("opens at the New line, and waits there for what comes", () => {
  const opened = (hasNew: boolean) => nextHold("opening", { type: "opened", hasNew });
  expect(opened(false)).toBe("stuck");
  expect(opened(true)).toBe("opening");
  expect(scrolled("opening", undefined, at(900))).toBe("opening");
  expect(nextHold("opening", { type: "rest", scroll: at(900) })).toBe("at-new");
  expect(scrolled("at-new", undefined, at(900, 2600))).toBe("at-new");
  expect(nextHold("at-new", { type: "resize", scroll: at(900, 2000, 1100) })).toBe("at-new");
});

it("opens at its end where all that is new is in view", () => {
  expect(nextHold("opening", { type: "rest", scroll: at(1480) })).toBe("stuck");
});

it("lets go of the New line when the user goes on", () => {
  for (const up of [true, false]) {
    expect(nextHold("opening", { type: "reach", up })).toBe("leaving");
    expect(nextHold("at-new", { type: "reach", up })).toBe("leaving");
  }
  expect(scrolled("at-new", "down", at(1000))).toBe("leaving");
  expect(nextHold("leaving", { type: "rest", scroll: at(1000) })).toBe("free");
  expect(nextHold("stuck", { type: "reach", up: false })).toBe("stuck");
});
