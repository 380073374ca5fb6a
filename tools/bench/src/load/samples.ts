import { percentile } from "@parley/testkit/percentile";
import type { Latency } from "./orders.ts";

/** The most measured times of one run. */
const SAMPLES_MAX = 1_000_000;

/** Times in ms, stored without allocating. */
export class Samples {
  readonly #values = new Float64Array(SAMPLES_MAX);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(ms: number): void {
    if (this.#count === SAMPLES_MAX) return;
    this.#values[this.#count] = ms;
    this.#count += 1;
  }

  /** @param expected how many there should be; missing ones count as infinite */
  latency(expected: number = this.#count): Latency {
    const sorted = this.#values.subarray(0, this.#count).toSorted();
    const samples = Math.max(expected, this.#count);
    return {
      p50: percentile(sorted, 0.5, samples),
      p99: percentile(sorted, 0.99, samples),
      max: percentile(sorted, 1, samples),
      samples,
    };
  }
}
