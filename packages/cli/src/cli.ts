import { ExitCode } from "./exit-code.ts";
import { endOnClosedPipe, note } from "./output.ts";
import { UnsendableFile } from "./room/local-file.ts";
import { runCommand } from "./run-command.ts";
import { UsageError } from "./usage.ts";

/**
 * How long something, such as a socket that does not close, may hold the process after its command,
 * in ms.
 */
const LINGER_MS = 2_000;

// The command of this process: its arguments, its exit code.
endOnClosedPipe();
try {
  process.exitCode = await runCommand(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof UnsendableFile)) throw error;
  const hint = error instanceof UsageError ? "\n`parley --help` lists all options." : "";
  note(`${error.message}${hint}`);
  process.exitCode = ExitCode.usage;
}
setTimeout(() => process.exit(), LINGER_MS).unref();
