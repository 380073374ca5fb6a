import { expect, it } from "vitest";
import { nextHold, type Hold } from "./stick.ts";

const at = (offset: number, size = 2000, view = 500) => ({ offset, size, view });
const scrolled = (hold: Hold, before: ReturnType<typeof at>, after: ReturnType<typeof at>) =>
  nextHold(hold, { type: "scroll", before, after });

it("sticks within 50 px of the end", () => {
  expect(scrolled("free", at(1000), at(1450))).toBe("stuck");
  expect(scrolled("free", at(1000), at(1449))).toBe("free");
  expect(scrolled("stuck", at(1500), at(1450))).toBe("stuck");
});

it("releases when the user scrolls further up", () => {
  expect(scrolled("stuck", at(1500), at(1440))).toBe("free");
});

it("holds while the list grows or the view shrinks", () => {
  expect(scrolled("stuck", at(1500), at(1500, 2600))).toBe("stuck");
  expect(scrolled("stuck", at(1500), at(1500, 2000, 200))).toBe("stuck");
});

it("holds when the view grows, and the browser scrolls the list for it", () => {
  expect(scrolled("stuck", at(1500), at(1200, 2000, 800))).toBe("stuck");
  // It grew, and shrank again before the event was handled.
  expect(scrolled("stuck", at(1500), at(1200, 2000, 480))).toBe("stuck");
});

it("holds when the list becomes shorter", () => {
  expect(scrolled("stuck", at(1500), at(1300, 1900))).toBe("stuck");
});

it("does not pull back a user who scrolls up slowly while messages pour in", () => {
  const leaving = nextHold("stuck", { type: "reach", up: true });
  expect(leaving).toBe("leaving");
  expect(scrolled(leaving, at(1500), at(1530, 2070))).toBe("leaving");
  expect(nextHold(leaving, { type: "rest", scroll: at(1460, 2400) })).toBe("free");
});

it("sticks again after an attempt to scroll up that did not move", () => {
  expect(nextHold("leaving", { type: "rest", scroll: at(1470) })).toBe("stuck");
});

it("does not move a user who is further up", () => {
  expect(nextHold("free", { type: "reach", up: true })).toBe("free");
  expect(nextHold("free", { type: "rest", scroll: at(1500) })).toBe("free");
  expect(scrolled("free", at(1480), at(1470))).toBe("free");
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
  expect(scrolled("opening", at(0), at(900))).toBe("opening");
  expect(nextHold("opening", { type: "rest", scroll: at(900) })).toBe("at-new");
  expect(scrolled("at-new", at(900), at(900, 2600))).toBe("at-new");
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
  expect(scrolled("at-new", at(900), at(1000))).toBe("leaving");
  expect(nextHold("leaving", { type: "rest", scroll: at(1000) })).toBe("free");
  expect(nextHold("stuck", { type: "reach", up: false })).toBe("stuck");
});
