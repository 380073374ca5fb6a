import { expect, it } from "vitest";
import { tallyE2e } from "./e2e-report.ts";

it("counts through nested suites and names a test that did not pass by its path", () => {
  const tally = tallyE2e({
    errors: [],
    suites: [
      {
        title: "talk.spec.ts",
        specs: [{ title: "two talk", tests: [{ status: "expected" }] }],
        suites: [
          { title: "in light", specs: [{ title: "reads", tests: [{ status: "unexpected" }] }] },
        ],
      },
    ],
  });
  expect(tally).toEqual({
    passed: 1,
    failed: ["talk.spec.ts › in light › reads (unexpected)"],
  });
});

it("counts a skipped test as failed, and so one that `--retries` saved", () => {
  const specs = [
    { title: "left out", tests: [{ status: "skipped" as const }] },
    { title: "now and then", tests: [{ status: "flaky" as const }] },
  ];
  const tally = tallyE2e({ errors: [], suites: [{ title: "a", specs }] });
  expect(tally).toEqual({
    passed: 0,
    failed: ["a › left out (skipped)", "a › now and then (flaky)"],
  });
});

it("counts an error outside of the tests", () => {
  const tally = tallyE2e({ errors: [{ message: "No tests found" }], suites: [] });
  expect(tally).toEqual({ passed: 0, failed: ["No tests found"] });
});
