import { accessSync, constants, existsSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { addChecksumFunction } from "./checksum.ts";
import { DATABASE_FILE, migrate, refuseForeign, StorageError } from "./schema.ts";

/** The entries in their rooms' places, and those of the write buffer that are not (write-buffer.ts). */
const COUNT = `SELECT (SELECT count(*) FROM entry)
  + (SELECT count(*) FROM fresh WHERE seq > (SELECT head FROM room WHERE key = room)) AS entries`;

/**
 * Copies the database of a data directory while a server uses it. A log that is put back has lost
 * what came later; so the copy is marked, and each server that opens one gives it a new epoch
 * (past.ts).
 * @param target the file to make; it must not be there yet, and is there as a whole or not at all
 * @param addTo copies what belongs to the copy, before that is there under its name
 * @returns how many entries the copy holds
 * @throws StorageError if there is no database of ours, or the target is there or
 *   cannot be made
 */
export async function backUp(
  dataDir: string,
  target: string,
  addTo: (copy: string) => Promise<void> = async () => {},
): Promise<number> {
  const source = join(dataDir, DATABASE_FILE);
  if (!existsSync(source)) throw new StorageError(`There is no database in ${dataDir}.`);
  if (existsSync(target)) throw new StorageError(`${target} is there already.`);
  checkFolderOf(target);
  const part = `${target}.part`;
  const entries = await copyMarked(source, part);
  try {
    await addTo(part);
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  return entries;
}

/** SQLite itself would say neither which file nor why. Throws StorageError. */
function checkFolderOf(target: string): void {
  try {
    accessSync(dirname(target), constants.W_OK);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new StorageError(`${target} cannot be made: ${error.message}.`, { cause: error });
  }
}

/**
 * Copies a database of ours and marks the copy as a backup, in one file, with an up-to-date schema.
 * @param target is replaced if it is there
 * @returns how many entries the copy holds
 */
export async function copyMarked(source: string, target: string): Promise<number> {
  rmSync(target, { force: true });
  try {
    return await makeMarkedCopy(source, target);
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  }
}

async function makeMarkedCopy(source: string, target: string): Promise<number> {
  const from = new DatabaseSync(source, { readOnly: true });
  try {
    refuseForeign(from, source);
    await backup(from, target);
  } finally {
    from.close();
  }
  const copy = new DatabaseSync(target);
  try {
    addChecksumFunction(copy);
    migrate(copy);
    copy.exec("UPDATE log SET is_backup = 1");
    copy.exec("PRAGMA journal_mode = DELETE");
    return Number(copy.prepare(COUNT).get()?.["entries"]);
  } finally {
    copy.close();
  }
}
