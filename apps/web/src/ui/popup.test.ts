import { describe, expect, it } from "vitest";
import { placeBeside, stepTo, type Box } from "./popup.tsx";

describe("the place of a menu", () => {
  const view = { width: 400, height: 600 };
  const size = { width: 200, height: 300 };
  const button = (left: number, top: number): Box => ({ left, top, width: 30, height: 30 });

  it("is below its button, along the edge that is nearer to the middle of the window", () => {
    expect(placeBeside(button(20, 100), size, view)).toEqual({ left: 20, top: 134 });
    expect(placeBeside(button(340, 100), size, view)).toEqual({ left: 170, top: 134 });
  });

  it("is above its button if there is no space below", () => {
    expect(placeBeside(button(20, 500), size, view).top).toBe(196);
  });

  it("is inside the window for any button", () => {
    expect(placeBeside(button(-50, -50), size, view)).toEqual({ left: 8, top: 8 });
    expect(placeBeside(button(20, 250), { ...size, height: 590 }, view).top).toBe(8);
  });
});

describe("an arrow key", () => {
  // Two rows of three, and one wide item below.
  const boxes: Box[] = [0, 1, 2, 3, 4, 5].map((i) => ({
    left: (i % 3) * 10,
    top: Math.floor(i / 3) * 10,
    width: 10,
    height: 10,
  }));
  boxes.push({ left: 0, top: 20, width: 30, height: 10 });

  it("moves along the rows and wraps around", () => {
    expect(stepTo(boxes, 2, "ArrowRight")).toBe(3);
    expect(stepTo(boxes, 0, "ArrowLeft")).toBe(6);
    expect(stepTo(boxes, 6, "ArrowRight")).toBe(0);
  });

  it("moves the other way along rows that run from right to left", () => {
    expect(stepTo(boxes, 2, "ArrowRight", true)).toBe(1);
    expect(stepTo(boxes, 2, "ArrowLeft", true)).toBe(3);
  });

  it("moves up and down to the nearest, and not beyond the last row", () => {
    expect(stepTo(boxes, 2, "ArrowDown")).toBe(5);
    expect(stepTo(boxes, 5, "ArrowDown")).toBe(6);
    expect(stepTo(boxes, 6, "ArrowUp")).toBe(4);
    expect(stepTo(boxes, 6, "ArrowDown")).toBeUndefined();
    expect(stepTo(boxes, 1, "ArrowUp")).toBeUndefined();
  });

  it("moves to the first and the last, or nowhere", () => {
    expect(stepTo(boxes, 4, "Home")).toBe(0);
    expect(stepTo(boxes, 4, "End")).toBe(6);
    expect(stepTo(boxes, 4, "a")).toBeUndefined();
    expect(stepTo([], 0, "End")).toBeUndefined();
  });
});
