import { run, type Ending } from "./command.ts";

/** No question, notice or report ever leaves this repository by way of its build tool. */
const QUIET = { TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", TURBO_NO_UPDATE_NOTIFIER: "1" };

/** A run of one task over all packages, in ms. */
const TASK_MS = 300_000;

/**
 * Runs a task of turbo.json in every package that has it; what has not changed comes from its cache.
 * @param output `live` shows the output as it comes; `kept` only returns it
 * @param further options of turbo: `--force` takes nothing from the cache
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
