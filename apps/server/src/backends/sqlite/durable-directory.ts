import { closeSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Makes a directory and those above it; once made, a power cut does not take them away again. */
export function makeDurableDirectory(directory: string): void {
  const first = mkdirSync(directory, { recursive: true });
  if (first === undefined) return;
  const end = dirname(resolve(first));
  for (let made = resolve(directory); made !== end;) {
    made = dirname(made);
    syncDirectory(made);
  }
}

/** Makes the names in a directory durable. */
export function syncDirectory(directory: string): void {
  // Windows opens no directories, and keeps their entries by itself.
  if (process.platform === "win32") return;
  const fd = openSync(directory, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
