import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The result of a host's command. */
export interface HostResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `pnpm backup` or `pnpm restore` in a separate process, and waits for its end. */
export function runHostCommand(
  name: "backup" | "restore",
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<HostResult> {
  const program = fileURLToPath(import.meta.resolve(`@parley/server/${name}`));
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...args], { env }, (_, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}
