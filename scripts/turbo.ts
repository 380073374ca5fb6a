import { run, type Ending } from "./command.ts";

/** Turborepo must not send anything out of this repository. */
const QUIET = { TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", TURBO_NO_UPDATE_NOTIFIER: "1" };

/** How long a task over all packages may take, in ms. */
const TASK_MS = 300_000;

/**
 * Runs a task of turbo.json in every package that has it; unchanged ones come from its cache.
 * @param output `live` shows the output as it comes; `kept` only returns it
 * @param further options of turbo: `--force` ignores the cache
 */
export function turbo(
  task: "build" | "types",
  output: "live" | "kept",
  further: readonly "--force"[] = [],
): Promise<Ending> {
  return run({
    line: ["turbo", "run", task, "--output-logs=errors-only", "--continue=always", ...further],
    withinMs: TASK_MS,
    output,
    env: QUIET,
  });
}
