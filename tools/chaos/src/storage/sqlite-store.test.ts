import fc from "fast-check";
import { describe, it } from "vitest";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { freshLimits, StorePair, storeStep } from "./store-pair.ts";

const RUNS = 80;
const history = fc.array(storeStep, { minLength: 5, maxLength: 30 });

describe("the store of rooms", () => {
  it("[O1, D2, D3] behaves like a simple model, through crashes, failures and trimming", async () => {
    await fc.assert(
      fc.asyncProperty(history, freshLimits, async (steps, limits) => {
        const pair = new StorePair(await makeTemporaryFolder("store"), limits);
        try {
          for (const step of steps) await pair.take(step);
          pair.check();
        } finally {
          await pair.end();
        }
      }),
      { numRuns: RUNS },
    );
  });
});
