import { run } from "./command.ts";

/** How long all mutants may take, in ms: hours. */
const MUTATION_MS = 12 * 3_600_000;

/**
 * The arguments for Stryker: with `--mutate`, only the files and patterns after it, which a shell
 * may have expanded already. Tests are never mutated.
 */
export function strykerArgs(args: readonly string[]): string[] {
  const at = args.indexOf("--mutate");
  if (at === -1) return ["run", ...args];
  const files = args.slice(at + 1);
  return [
    "run",
    ...args.slice(0, at),
    "--mutate",
    [...files, "!**/*.test.ts", "!**/*.contract.ts"].join(),
  ];
}

if (import.meta.main) {
  const ending = await run({
    line: ["stryker", ...strykerArgs(process.argv.slice(2))],
    withinMs: MUTATION_MS,
    output: "live",
  });
  if (!ending.ok) console.error(`Mutation tests: ${ending.why}`);
  process.exitCode = ending.ok ? 0 : 1;
}
