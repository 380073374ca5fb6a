import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Copies a data directory as `kill -9` would leave it at this moment: the mark, the database and
 * its write-ahead log, no lock, nothing that is only in memory. The copy is correct if nothing
 * moves from the write-ahead log into the database meanwhile. A small database moves it only when
 * it closes, before its first write and before the first one after a failure.
 */
export function copyCrashImage(from: string, to: string): void {
  for (const name of ["parley.mark", "parley.db", "parley.db-wal"]) {
    const file = join(from, name);
    if (existsSync(file)) copyFileSync(file, join(to, name));
  }
}
