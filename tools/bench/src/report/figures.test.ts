import { describe, expect, it } from "vitest";
import { aimText, figure, reachedText, share } from "./figures.ts";

describe("figure", () => {
  it("groups counted figures, and keeps three digits of measured ones", () => {
    expect(figure(1_019_600.4, "deliveries/s")).toBe("1,019,600 /s");
    expect(figure(0.742, "µs")).toBe("0.74 µs");
    expect(figure(12.34, "ms")).toBe("12.3 ms");
    expect(figure(1_234.5, "ms")).toBe("1,235 ms");
  });

  it("marks what never arrived, and what was not measured", () => {
    expect(figure(Infinity, "ms")).toBe("never");
    expect(figure(Number.NaN, "µs")).toBe("–");
    expect(figure(undefined, "µs")).toBe("–");
  });
});

it("never rounds an incomplete share up to all", () => {
  expect(share(0.99996, 1)).toBe("99.9 %");
  expect(share(1, 1)).toBe("100.0 %");
  expect(share(0.456)).toBe("45 %");
  expect(share(undefined)).toBe("–");
});

it("shows an aim beside a figure and whether it was reached", () => {
  const aim = { is: "at least", value: 6 } as const;
  expect(aimText(aim, "×")).toBe("≥ 6 ×");
  expect(reachedText({ of: "x", value: 6.1, unit: "×", aim })).toBe("reached");
  expect(reachedText({ of: "x", value: 5.9, unit: "×", aim })).toBe("missed");
  expect(reachedText({ of: "x", value: 1, unit: "×" })).toBe("");
  const most = { is: "at most", value: 9 } as const;
  expect(reachedText({ of: "x", value: 9.1, unit: "KB", aim: most })).toBe("missed");
  expect(reachedText({ of: "x", value: Number.NaN, unit: "KB", aim: most })).toBe("not measured");
});
