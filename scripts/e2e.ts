import { build } from "./build.ts";
import { run, type Ending } from "./command.ts";
import { programs } from "./programs.ts";
import { provide } from "./provide.ts";

/** How long all end-to-end tests may take, in ms. */
const E2E_MS = 3_600_000;

/**
 * Runs the end-to-end tests against the built app; finds or fetches Chromium and Redis first.
 * @param args further arguments for Playwright
 * @param env further environment for it
 */
export async function runE2e(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ending> {
  const chromium = await provide(programs.chromium);
  if (!chromium.ok) return { ok: false, why: chromium.advice, output: "" };
  const redis = await provide(programs.redis);
  if (!redis.ok) return { ok: false, why: redis.advice, output: "" };
  // It only saves time: without it everything runs in Chromium.
  const shell = await provide(programs.headlessShell);
  return run({
    line: ["playwright", "test", ...args],
    withinMs: E2E_MS,
    output: "live",
    env: {
      [programs.chromium.variable]: chromium.path,
      [programs.redis.variable]: redis.path,
      ...(shell.ok ? { [programs.headlessShell.variable]: shell.path } : {}),
      ...env,
    },
  });
}

if (import.meta.main) {
  const ending = (await build()) ? await runE2e(process.argv.slice(2)) : undefined;
  if (ending && !ending.ok) console.error(`End-to-end tests: ${ending.why}`);
  process.exitCode = ending?.ok ? 0 : 1;
}
