import { run, type Ending } from "./command.ts";
import { programs } from "./programs.ts";
import { provide } from "./provide.ts";

/** All of the unit tests, in ms. */
const UNIT_MS = 2_400_000;

/**
 * Runs the unit tests of all packages; the Redis that some of them talk to is found or fetched first.
 * @param args further arguments for Vitest
 */
export async function runUnit(args: readonly string[]): Promise<Ending> {
  const redis = await provide(programs.redis);
  if (!redis.ok) return { ok: false, why: redis.advice, output: "" };
  return run({
    line: ["vitest", "run", ...args],
    withinMs: UNIT_MS,
    output: "live",
    env: { [programs.redis.variable]: redis.path },
  });
}

if (import.meta.main) {
  const ending = await runUnit(process.argv.slice(2));
  if (!ending.ok) console.error(`Unit tests: ${ending.why}`);
  process.exitCode = ending.ok ? 0 : 1;
}
