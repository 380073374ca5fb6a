import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.ts";
import { runChecks } from "./check.ts";
import type { Ending } from "./command.ts";
import { tallyE2e, type E2eReport } from "./e2e-report.ts";
import { runE2e } from "./e2e.ts";
import { endWithNpx } from "./npx.ts";
import { tallyOne, total, type ResultTally } from "./tally.ts";
import { tallyUnit, type UnitReport } from "./unit-report.ts";
import { runUnit } from "./unit.ts";

endWithNpx();
const reports = await mkdtemp(join(tmpdir(), "parley-test-"));
const { passed, failed } = await runAll();
await rm(reports, { recursive: true });

if (failed.length > 0) console.log(`\nFailed:\n${failed.map((name) => `  ✗ ${name}`).join("\n")}`);
console.log(`\n${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function runAll(): Promise<ResultTally> {
  heading("Checks");
  const tallies = [await runChecks()];
  heading("Unit tests");
  tallies.push(await unit());
  heading("Build");
  const built = await build();
  console.log(built ? "✓ build" : "✗ build");
  tallies.push(tallyOne("build", built));
  heading("End-to-end tests");
  tallies.push(built ? await e2e() : tallyOne("end-to-end tests (there is no build)", false));
  return total(tallies);
}

async function unit(): Promise<ResultTally> {
  const file = join(reports, "unit.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const ending = await runUnit(reporters);
  const report = (await readReport(file)) as UnitReport | undefined;
  return withEnding("unit tests", ending, report && tallyUnit(report));
}

async function e2e(): Promise<ResultTally> {
  const file = join(reports, "e2e.json");
  const ending = await runE2e(["--reporter=list,json"], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  const report = (await readReport(file)) as E2eReport | undefined;
  return withEnding("end-to-end tests", ending, report && tallyE2e(report));
}

/** A run that ended badly has failed, even if its report is missing or names no failed test. */
function withEnding(name: string, ending: Ending, tally: ResultTally | undefined): ResultTally {
  if (tally && (ending.ok || tally.failed.length > 0)) return tally;
  return total([
    tally ?? { passed: 0, failed: [] },
    tallyOne(`${name}: ${ending.why || "no report"}`, false),
  ]);
}

async function readReport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const isUnreadable =
      error instanceof SyntaxError || (error instanceof Error && "code" in error);
    if (!isUnreadable) throw error;
    return undefined;
  }
}

function heading(text: string): void {
  console.log(`\n── ${text}`);
}
