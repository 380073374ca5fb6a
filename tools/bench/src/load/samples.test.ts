import { expect, it } from "vitest";
import { Samples } from "./samples.ts";

it("returns the latencies of what arrived, in any order", () => {
  const samples = new Samples();
  for (const ms of [30, 10, 20]) samples.add(ms);
  expect(samples.latency()).toEqual({ p50: 20, p99: 30, max: 30, samples: 3 });
});

it("counts what is missing", () => {
  const samples = new Samples();
  for (const ms of [1, 2, 3]) samples.add(ms);
  expect(samples.latency(4)).toEqual({ p50: 2, p99: Infinity, max: Infinity, samples: 4 });
});
