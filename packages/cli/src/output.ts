import { once } from "node:events";
import { ExitCode } from "./exit-code.ts";

/** Exits quietly once the reader of standard output has closed it, as in `tail ROOM | head -1`. */
export function endOnClosedPipe(): void {
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
    process.exit(code === "EPIPE" ? ExitCode.done : ExitCode.refused);
  });
}

/** Writes a line to standard output. */
export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a line to standard output, and waits for a slow reader. */
export async function writeLinePaced(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
}

/** Writes to standard error, for people: a note that is no result. */
export function note(line: string): void {
  process.stderr.write(`parley: ${line}\n`);
}
