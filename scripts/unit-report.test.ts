import { expect, it } from "vitest";
import { tallyUnit } from "./unit-report.ts";

it("counts what passed and names what did not", () => {
  const tally = tallyUnit({
    testResults: [
      {
        name: "/repo/log.test.ts",
        status: "failed",
        assertionResults: [
          { fullName: "log appends", status: "passed" },
          { fullName: "log reads", status: "failed" },
        ],
      },
    ],
  });
  expect(tally).toEqual({ passed: 1, failed: ["log reads (failed)"] });
});

it("counts a skipped test as failed", () => {
  const assertionResults = [
    { fullName: "left out", status: "skipped" as const },
    { fullName: "put off", status: "todo" as const },
  ];
  const tally = tallyUnit({ testResults: [{ name: "a", status: "passed", assertionResults }] });
  expect(tally).toEqual({ passed: 0, failed: ["left out (skipped)", "put off (todo)"] });
});

it("counts a file that could not be read as a failed test", () => {
  const tally = tallyUnit({
    testResults: [{ name: "/repo/log.test.ts", status: "failed", assertionResults: [] }],
  });
  expect(tally).toEqual({ passed: 0, failed: ["/repo/log.test.ts (could not be read)"] });
});
