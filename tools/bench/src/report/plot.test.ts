import { expect, it } from "vitest";
import type { RowResult } from "../rows/row.ts";
import { plotOf } from "./plot.ts";

const cpu: RowResult = {
  title: "Server CPU <a delivery>",
  conditions: "",
  unit: "µs",
  verdicts: [],
  measured: [
    { subject: "parley", figure: 4, notes: [] },
    { subject: "ws-rooms", figure: 8, notes: [] },
    { subject: "socket.io", figure: Number.NaN, notes: [] },
  ],
};

it("draws nothing if nothing was compared", () => {
  expect(plotOf(new Map([["restart", cpu]]))).toBeUndefined();
});

it("draws bars in proportion, ours in another colour", () => {
  const svg = plotOf(new Map([["cpu", cpu]])) ?? "";
  const bars = [...svg.matchAll(/<rect [^>]*width="(\d+)"[^>]*?(class="ours")?>/g)];
  const [ours, rooms, unmeasured] = bars.map(([, width]) => Number(width));
  expect(rooms).toBe(2 * (ours ?? 0));
  expect(unmeasured).toBe(2);
  expect(bars.map(([, , kind]) => kind)).toEqual(['class="ours"', undefined, undefined]);
});

it("is well-formed, described in words, and has colours for light and dark", () => {
  const svg = plotOf(new Map([["cpu", cpu]])) ?? "";
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
  expect(svg).toContain(
    "Server CPU &lt;a delivery&gt;: Parley 4.00 µs, ws, a map of rooms 8.00 µs",
  );
  expect(svg).toContain("prefers-color-scheme: dark");
  expect(svg).not.toContain("<a delivery>");
  expect(svg).not.toContain("NaN");
  for (const name of ["svg", "title", "style", "g", "text", "tspan", "rect"]) {
    const opened = svg.match(new RegExp(`<${name}[ >]`, "g"));
    expect(svg.match(new RegExp(`</${name}>`, "g"))).toHaveLength(opened?.length ?? 0);
  }
});
