import { expect, it } from "vitest";
import type { Point } from "../rows/point.ts";
import { curvesPlot } from "./curves-plot.ts";
import { ticksFor } from "./line-plot.ts";

const point = (subject: Point["subject"], members: number, size: number, cpu?: number): Point => ({
  subject,
  members,
  size,
  figures: { memory: 9, join: 3, back: 5, ...(cpu === undefined ? {} : { cpu }) },
  bounds: cpu === undefined ? ["CPU <all of it>"] : [],
});

const points = [
  point("parley", 1_000, 2, 60),
  point("parley", 5_000, 2, 70),
  point("parley", 5_000, 100, 8),
  point("socket.io", 1_000, 2, 50),
  point("socket.io", 5_000, 2),
];

it("draws nothing without points", () => {
  expect(curvesPlot([])).toBeUndefined();
});

it("draws a line for each size of room and server, dashed for the peer", () => {
  const svg = curvesPlot(points) ?? "";
  const figures = svg.split('class="title"').slice(1);
  expect(figures).toHaveLength(4);
  const [cpu = "", memory = ""] = figures;
  expect(cpu.match(/<path [^>]*class="line c0"/g)).toHaveLength(1);
  expect(cpu).not.toContain('class="line c0 peer"');
  expect(memory.match(/class="line c0 peer"/g)).toHaveLength(1);
  expect(memory.match(/<circle /g)).toHaveLength(5);
});

it("leaves out what was not held, and says so", () => {
  const svg = curvesPlot(points) ?? "";
  const [, cpu = ""] = svg.split('class="title"');
  expect(cpu.match(/<circle /g)).toHaveLength(4);
  expect(svg).toContain("Socket.IO 4.8, 5,000 members, rooms of 2: CPU &lt;all of it&gt;");
  expect(curvesPlot(points.slice(0, 4))).not.toContain("Not held");
});

it("is described in words, has colours for light and dark, and draws within its bounds", () => {
  const svg = curvesPlot(points) ?? "";
  expect(svg).toContain("for 1000 to 5000 members in rooms of 2, 100");
  expect(svg).toContain("prefers-color-scheme: dark");
  expect(svg).not.toMatch(/NaN|Infinity/);
  const [, width = "0", height = "0"] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  for (const [, x, y] of svg.matchAll(/cx="([\d.]+)" cy="([\d.]+)"/g)) {
    expect(Number(x)).toBeLessThan(Number(width));
    expect(Number(y)).toBeLessThan(Number(height));
  }
});

it("encloses all values with ticks at 1, 2 and 5", () => {
  expect(ticksFor([3, 40])).toEqual([2, 5, 10, 20, 50]);
  expect(ticksFor([0.7, 0.9])).toEqual([0.5, 1]);
  const [low = 0, high = 0] = ticksFor([5]);
  expect(low).toBeLessThan(5);
  expect(high).toBeGreaterThan(5);
});
