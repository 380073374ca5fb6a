import { expect, it } from "vitest";
import type { RowResult } from "../rows/row.ts";
import { rowText, summary } from "./words.ts";

const result: RowResult = {
  title: "Deliveries a second",
  conditions: "10 rooms of 100",
  unit: "deliveries/s",
  verdicts: [
    { of: "against Socket.IO 4.8", value: 6.4, unit: "×", aim: { is: "at least", value: 6 } },
    { of: "against ws, a map of rooms", value: 5.1, unit: "×" },
  ],
  measured: [
    {
      subject: "parley",
      figure: 640_000,
      p50: 8,
      p99: 21,
      arrived: 1,
      generatorCpu: 0.6,
      notes: [],
    },
    { subject: "socket.io", variant: "all read", figure: 100_000, notes: ["2 lost", "busy"] },
  ],
};

it("prints the ratio first, its aim beside it, then the details", () => {
  const lines = rowText(result).split("\n");
  expect(lines.slice(0, 5)).toEqual([
    "Deliveries a second",
    "(10 rooms of 100)",
    "",
    "    6.40 ×  against Socket.IO 4.8 (aim ≥ 6 ×: reached)",
    "    5.10 ×  against ws, a map of rooms",
  ]);
  expect(lines[6]).toMatch(/^\| server .* deliveries\/s .* p50 .* p99 .* arrived .* generator CPU/);
  expect(lines[8]).toMatch(/^\| Parley .*640,000 \/s .* 8\.00 ms .* 21\.0 ms .* 100\.0 % .* 60 %/);
  expect(lines[9]).toMatch(/^\| Socket\.IO 4\.8, all read .*100,000 \/s .*2 lost; busy/);
});

it("summarises all rows in one table", () => {
  const lines = summary([result]).split("\n");
  expect(lines).toHaveLength(4);
  expect(lines[2]).toMatch(/^\| +6\.40 × \| +≥ 6 × \| reached \| against Socket\.IO 4\.8 +\| Del/);
});
