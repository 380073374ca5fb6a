import { existsSync } from "node:fs";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { renewEpochs } from "./sqlite-recovery.ts";
import { DATABASE_FILE, StorageError } from "./sqlite-schema.ts";

/** Settled entries, and the fresh ones that have not (sqlite-fresh.ts). */
const COUNT = `SELECT (SELECT count(*) FROM entry)
  + (SELECT count(*) FROM fresh WHERE seq > (SELECT head FROM room WHERE key = room)) AS entries`;

/**
 * Copies the database of a data directory while a server uses it. A log that is put back has lost
 * what came later, so that the copy gets new epochs: clients will say so instead of mixing the
 * two (SPEC O3, R5).
 * @param target the file to make; it must not be there yet
 * @returns how many entries the copy holds
 * @throws StorageError where there is no database, or the target is there
 */
export async function backUp(dataDir: string, target: string): Promise<number> {
  const source = join(dataDir, DATABASE_FILE);
  if (!existsSync(source)) throw new StorageError(`There is no database in ${dataDir}.`);
  if (existsSync(target)) throw new StorageError(`${target} is there already.`);
  const from = new DatabaseSync(source, { readOnly: true });
  try {
    await backup(from, target);
  } finally {
    from.close();
  }
  return becomeAnother(target);
}

/** Gives a copy epochs of its own. */
function becomeAnother(file: string): number {
  const copy = new DatabaseSync(file);
  try {
    copy.exec("BEGIN");
    renewEpochs(copy);
    copy.exec("COMMIT");
    copy.exec("PRAGMA journal_mode = DELETE");
    return Number(copy.prepare(COUNT).get()?.["entries"]);
  } finally {
    copy.close();
  }
}
