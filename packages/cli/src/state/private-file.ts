import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes a file that only its owner can read, to the disk, under a temporary name, so that it can
 * be moved into its place complete.
 */
export function withTemporaryFile(folder: string, text: string, use: (file: string) => void): void {
  const file = join(folder, `.${randomUUID()}`);
  const descriptor = openSync(file, "wx", 0o600);
  try {
    try {
      writeSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    use(file);
  } finally {
    rmSync(file, { force: true });
  }
}
