import { run, type Ending } from "./command.ts";
import { programs } from "./programs.ts";
import { provide } from "./provide.ts";

/** How long all unit tests may take, in ms. */
const UNIT_MS = 2_400_000;

/**
 * Runs the unit tests of all packages; finds or fetches the Redis that some of them use first.
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
