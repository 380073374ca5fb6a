import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.ts";
import { runChecks } from "./check.ts";
import { run, type Ending } from "./command.ts";
import { tallyE2e, type E2eReport } from "./e2e-report.ts";
import { runE2e } from "./e2e.ts";
import { endWithNpx } from "./npx.ts";
import { programs } from "./programs.ts";
import { provide } from "./provide.ts";
import { tallyOne, total, type Tally } from "./tally.ts";
import { tallyUnit, type UnitReport } from "./unit-report.ts";

/** All of the unit tests, in ms. */
const UNIT_MS = 600_000;

endWithNpx();
const reports = await mkdtemp(join(tmpdir(), "parley-test-"));
const { passed, failed } = await runAll();
await rm(reports, { recursive: true });

if (failed.length > 0) console.log(`\nFailed:\n${failed.map((name) => `  ✗ ${name}`).join("\n")}`);
console.log(`\n${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function runAll(): Promise<Tally> {
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

async function unit(): Promise<Tally> {
  const redis = await provide(programs.redis);
  if (!redis.ok) return tallyOne(`unit tests: ${redis.advice}`, false);
  const file = join(reports, "unit.json");
  const ending = await run({
    line: ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
    withinMs: UNIT_MS,
    output: "live",
    env: { [programs.redis.variable]: redis.path },
  });
  const report = (await readReport(file)) as UnitReport | undefined;
  return withEnding("unit tests", ending, report && tallyUnit(report));
}

async function e2e(): Promise<Tally> {
  const file = join(reports, "e2e.json");
  const ending = await runE2e(["--reporter=list,json"], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  const report = (await readReport(file)) as E2eReport | undefined;
  return withEnding("end-to-end tests", ending, report && tallyE2e(report));
}

/** A run that ended badly has failed, also where its report is missing or names no culprit. */
function withEnding(name: string, ending: Ending, tally: Tally | undefined): Tally {
  if (tally && (ending.ok || tally.failed.length > 0)) return tally;
  return total([
    tally ?? { passed: 0, failed: [] },
    tallyOne(`${name}: ${ending.why || "no report"}`, false),
  ]);
}

async function readReport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

function heading(text: string): void {
  console.log(`\n── ${text}`);
}
