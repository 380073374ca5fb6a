import type { JsonTestResults } from "vitest/node";
import type { ResultTally } from "./tally.ts";

/** The fields of Vitest's JSON report that are read here. */
export interface UnitReport {
  readonly testResults: readonly (Pick<
    JsonTestResults["testResults"][number],
    "name" | "status"
  > & {
    readonly assertionResults: readonly Pick<
      JsonTestResults["testResults"][number]["assertionResults"][number],
      "fullName" | "status"
    >[];
  })[];
}

/**
 * Counts the tests of a Vitest report. A test that did not pass has failed, also a skipped one, and
 * so has a file that could not be read, even though none of its tests is listed.
 */
export function tallyUnit(report: UnitReport): ResultTally {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const notPassed = tests.filter((test) => test.status !== "passed");
  const unread = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return {
    passed: tests.length - notPassed.length,
    failed: [
      ...notPassed.map((test) => `${test.fullName} (${test.status})`),
      ...unread.map((file) => `${file.name} (could not be read)`),
    ],
  };
}
