import type { JSONReport, JSONReportSuite } from "@playwright/test/reporter";
import type { ResultTally } from "./tally.ts";

/** The fields of Playwright's JSON report that are read here. */
export interface E2eReport {
  readonly suites: readonly E2eSuite[];
  readonly errors: readonly Pick<JSONReport["errors"][number], "message">[];
}

interface E2eSuite {
  readonly title: string;
  readonly suites?: readonly E2eSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly Pick<JSONReportSuite["specs"][number]["tests"][number], "status">[];
  }[];
}

/**
 * Counts the tests of a Playwright report. Failed are: a test that did not go as expected, a
 * skipped one, one that passed only after a retry, and each error outside of the tests.
 */
export function tallyE2e(report: E2eReport): ResultTally {
  const tests = report.suites.flatMap((suite) => testsOf(suite, ""));
  const notPassed = tests.filter((test) => test.status !== "expected");
  return {
    passed: tests.length - notPassed.length,
    failed: [
      ...notPassed.map((test) => `${test.name} (${test.status})`),
      ...report.errors.map((error) => error.message ?? "An error outside of the tests"),
    ],
  };
}

function testsOf(suite: E2eSuite, above: string): { name: string; status: string }[] {
  const name = above ? `${above} › ${suite.title}` : suite.title;
  return [
    ...suite.specs.flatMap((spec) =>
      spec.tests.map(({ status }) => ({ name: `${name} › ${spec.title}`, status })),
    ),
    ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, name)),
  ];
}
