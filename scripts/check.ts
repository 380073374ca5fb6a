import { run, type Ending } from "./command.ts";
import { tallyOne, total, type ResultTally } from "./tally.ts";
import { turbo } from "./turbo.ts";

/** How long one check may take, in ms. */
const CHECK_MS = 900_000;

interface Check {
  readonly name: string;
  readonly run: () => Promise<Ending>;
}

const checks: readonly Check[] = [
  { name: "types", run: () => turbo("types", "kept") },
  { name: "lint", run: () => script("lint") },
  { name: "circles of folders", run: () => script("circles") },
  { name: "names of types", run: () => script("type-names") },
  { name: "format", run: () => script("format:check") },
  { name: "dead code", run: () => script("dead-code") },
  { name: "dependencies", run: () => script("dependencies") },
  { name: "size", run: sizeOfBuild },
];

/**
 * Runs every check, also after one has failed; prints the name of each, and the output of failed
 * ones.
 */
export async function runChecks(): Promise<ResultTally> {
  const tallies: ResultTally[] = [];
  for (const check of checks) {
    const from = performance.now();
    const ending = await check.run();
    const seconds = ((performance.now() - from) / 1_000).toFixed(1);
    if (ending.ok) console.log(`✓ ${check.name} (${seconds} s)`);
    else console.log(`✗ ${check.name} (${ending.why})\n\n${ending.output.trim()}\n`);
    tallies.push(tallyOne(`check: ${check.name}`, ending.ok));
  }
  return total(tallies);
}

/**
 * Checks what a browser has to fetch; the limits are in .size-limit.js. Builds first, without the
 * cache: if sources changed during an earlier build, the cache may have it under the wrong name.
 */
async function sizeOfBuild(): Promise<Ending> {
  const built = await turbo("build", "kept", ["--force"]);
  return built.ok ? script("size") : built;
}

function script(name: string): Promise<Ending> {
  return run({ line: ["pnpm", "run", name], withinMs: CHECK_MS, output: "kept" });
}

if (import.meta.main) process.exitCode = (await runChecks()).failed.length === 0 ? 0 : 1;
