import { expect, it } from "vitest";
import { strykerArgs } from "./mutation.ts";

it("mutates everything that is configured by default", () => {
  expect(strykerArgs([])).toEqual(["run"]);
  const told = strykerArgs(["--concurrency", "1", "--mutate", "a.ts", "b/*.ts"]);
  expect(told).toEqual([
    "run",
    "--concurrency",
    "1",
    "--mutate",
    "a.ts,b/*.ts,!**/*.test.ts,!**/*.contract.ts",
  ]);
});
