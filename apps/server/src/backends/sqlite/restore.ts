import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { syncDirectory } from "./durable-directory.ts";
import { GENERATION_FILE } from "./generation-file.ts";
import { copyMarked } from "./backup.ts";
import { MARK_FILE } from "./mark.ts";
import {
  DATABASE_FILE,
  lockDirectory,
  refuseForeign,
  refuseLeftOverWal,
  restoringFile,
  StorageError,
} from "./schema.ts";

/** What belongs together; the database first, so that no log of it is ever without it. */
const FILES = [
  DATABASE_FILE,
  `${DATABASE_FILE}-wal`,
  `${DATABASE_FILE}-shm`,
  GENERATION_FILE,
  MARK_FILE,
];
/** The schema from which on backups are marked. */
const MARKED_SINCE = 3;

/** What is put back with the database. */
interface Beside {
  /** The folder of the data directory that it takes the place of; undefined: it is elsewhere. */
  readonly folder: string | undefined;
  /**
   * @param copy the database that is about to be put back
   * @param folder where it is made ready; undefined: it is elsewhere
   */
  make(copy: string, folder: string | undefined): Promise<void>;
}

export interface Restored {
  /** How many entries there are now. */
  readonly entries: number;
  /** The directory with the files that were there before; undefined if there were none. */
  readonly before: string | undefined;
}

/**
 * Puts a backup back. The server that opens it gives it a new epoch.
 * @param source a file that `pnpm backup` made; it stays as it is
 * @param now names the directory into which the present files are moved
 * @throws StorageError if the file is no sound backup, or a server uses the directory: nothing
 * is changed then
 */
export async function restore(
  source: string,
  dataDir: string,
  now: Date,
  beside?: Beside,
): Promise<Restored> {
  if (!existsSync(source)) throw new StorageError(`${source} is not there.`);
  const unlock = lockDirectory(dataDir, `A server is using ${dataDir}: stop it first.`);
  try {
    refuseUnsound(source);
    const next = restoringFile(join(dataDir, DATABASE_FILE));
    const entries = await copyMarked(source, next);
    const folder = beside?.folder === undefined ? undefined : join(dataDir, beside.folder);
    const nextFolder = folder && restoringFile(folder);
    if (nextFolder) rmSync(nextFolder, { recursive: true, force: true });
    await beside?.make(next, nextFolder);
    const before = moveAside(dataDir, folder ? [...FILES, basename(folder)] : FILES, now);
    if (folder && nextFolder && existsSync(nextFolder)) renameSync(nextFolder, folder);
    renameSync(next, join(dataDir, DATABASE_FILE));
    syncDirectory(dataDir);
    return { entries, before };
  } finally {
    unlock();
  }
}

function refuseUnsound(source: string): void {
  let db: DatabaseSync | undefined;
  try {
    refuseLeftOverWal(source);
    db = new DatabaseSync(source, { readOnly: true });
    refuseForeign(db, source);
    refuseUnmarked(db, source);
    const verdict = Object.values(db.prepare("PRAGMA integrity_check(1)").get() ?? {})[0];
    if (verdict !== "ok") throw new StorageError(`${source} is damaged (${String(verdict)}).`);
  } catch (error) {
    if (error instanceof StorageError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StorageError(`${source} cannot be read: ${why}.`, { cause: error });
  } finally {
    db?.close();
  }
}

function refuseUnmarked(db: DatabaseSync, source: string): void {
  const version = Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version === 0) throw new StorageError(`${source} is empty.`);
  if (version < MARKED_SINCE) return;
  if (db.prepare("SELECT is_backup FROM log").get()?.["is_backup"] === 1) return;
  throw new StorageError(
    `${source} is the database of a server and no backup. Make one of it with pnpm backup.`,
  );
}

/** Moves what is there into a directory of its own, from which a server can be started. */
function moveAside(dataDir: string, names: readonly string[], now: Date): string | undefined {
  const found = names.filter((name) => existsSync(join(dataDir, name)));
  if (found.length === 0) return undefined;
  const before = join(dataDir, `before-${now.toISOString().replaceAll(/[:.]/g, "-")}`);
  mkdirSync(before);
  for (const name of found) renameSync(join(dataDir, name), join(before, name));
  syncDirectory(before);
  syncDirectory(dataDir);
  return before;
}
