import { expect, it } from "vitest";
import { tallyE2e } from "./e2e-report.ts";

it("counts through nested suites and names what did not pass by its path", () => {
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
    unsteady: [],
    failed: ["talk.spec.ts › in light › reads (unexpected)"],
  });
});

it("takes skipped tests for failed ones, and names what needed a second try", () => {
  const specs = [
    { title: "left out", tests: [{ status: "skipped" as const }] },
    { title: "now and then", tests: [{ status: "flaky" as const }] },
  ];
  const tally = tallyE2e({ errors: [], suites: [{ title: "a", specs }] });
  expect(tally).toEqual({
    passed: 1,
    unsteady: ["a › now and then"],
    failed: ["a › left out (skipped)"],
  });
});

it("counts an error outside of the tests", () => {
  const tally = tallyE2e({ errors: [{ message: "No tests found" }], suites: [] });
  expect(tally).toEqual({ passed: 0, unsteady: [], failed: ["No tests found"] });
});
