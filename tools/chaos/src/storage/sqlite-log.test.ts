import fc from "fast-check";
import { describe, it } from "vitest";
import { LogPair, logStep } from "./log-pair.ts";

const RUNS = 10;

describe("the log in SQLite", () => {
  it("[O1, D1, D2, D3] behaves like a simple model, through restarts, crashes and a full disk", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(logStep, { minLength: 3, maxLength: 15 }), async (steps) => {
        const pair = await LogPair.start();
        try {
          for (const step of steps) await pair.take(step);
          await pair.check();
        } finally {
          await pair.end();
        }
      }),
      { numRuns: RUNS },
    );
  });
});
