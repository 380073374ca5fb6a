import { ConfigError } from "../config.ts";
import { StorageError } from "../backends/sqlite/schema.ts";

const EXIT_USAGE = 2;

/**
 * Runs a command of the host's: writes what it gives to standard output, or why it cannot be done to
 * standard error, with exit code 2.
 * @param work gives lines; an error that the host cannot mend is a bug, and is thrown
 */
export async function runHostCommand(work: () => Promise<readonly string[]>): Promise<void> {
  try {
    const lines = await work();
    process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  } catch (error) {
    if (!isHosts(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT_USAGE;
  }
}

/** The configuration, the storage, or the system (a full disk, a file that may not be read). */
function isHosts(error: unknown): error is Error {
  if (error instanceof StorageError || error instanceof ConfigError) return true;
  return error instanceof Error && ("syscall" in error || "errcode" in error);
}
