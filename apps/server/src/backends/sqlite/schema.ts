import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { makeDurableDirectory } from "./durable-directory.ts";
import { AGING_SCHEMA } from "./aging.ts";
import { addChecksumFunction } from "./checksum.ts";
import { INTEGRITY_SCHEMA } from "./damage.ts";
import { hasForeignWal } from "./header.ts";
import { SETTINGS_SCHEMA } from "./settings.ts";
import { SHELF_SCHEMA } from "./shelf.ts";
import { IDENTITY_SCHEMA } from "./identity-schema.ts";
import { isStorageFailure } from "./storage-failure.ts";
import { rewriteWal } from "./wal.ts";

/** "Parl": tells our files from those of other programs. */
const APPLICATION_ID = 0x5061726c;
/** The name of the database in its data directory. */
export const DATABASE_FILE = "parley.db";
/** The write-ahead log is cut back to this many bytes after a burst. */
const WAL_BYTES_KEPT = 64 * 1024 * 1024;
/** Memory for pages of the file, in KiB: those to which entries of busy rooms are flushed. */
const CACHE_KIB = 16 * 1024;
/** Pages of the largest file that SQLite itself makes. */
const PAGES_MAX = 4_294_967_294;
/** A database of so many pages of 4 KiB is written once more at a start, so that it can shrink. */
const PAGES_REWRITTEN = 16_384;
/** The value of `auto_vacuum` with which pages are given back when that is asked for. */
export const INCREMENTAL = 2;
/** How long a statement waits for a backup that reads, in ms. */
const BUSY_MS = 2_000;

/** The schema, step by step; a step is never changed once it was released. */
const MIGRATIONS = [
  `CREATE TABLE log (epoch TEXT NOT NULL) STRICT;
   CREATE TABLE room (
     key INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     epoch TEXT NOT NULL,
     head INTEGER NOT NULL,
     first INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE entry (
     room INTEGER NOT NULL REFERENCES room (key),
     seq INTEGER NOT NULL,
     id TEXT NOT NULL,
     author TEXT NOT NULL,
     name TEXT NOT NULL,
     at INTEGER NOT NULL,
     kind TEXT NOT NULL,
     payload TEXT NOT NULL,
     PRIMARY KEY (room, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE UNIQUE INDEX entry_by_id ON entry (room, id, author);`,
  `CREATE TABLE fresh (
     n INTEGER PRIMARY KEY,
     room INTEGER NOT NULL REFERENCES room (key),
     seq INTEGER NOT NULL,
     id TEXT NOT NULL,
     author TEXT NOT NULL,
     name TEXT NOT NULL,
     at INTEGER NOT NULL,
     kind TEXT NOT NULL,
     payload TEXT NOT NULL
   ) STRICT;`,
  `${AGING_SCHEMA} ${INTEGRITY_SCHEMA} ${IDENTITY_SCHEMA}`,
  SHELF_SCHEMA,
  SETTINGS_SCHEMA,
];

/** Why a data directory cannot be used. The message is for the host. */
export class StorageError extends Error {}

/**
 * Opens the database of a data directory and brings its schema up to date.
 * @throws StorageError if the file is another program's, newer than this server, or damaged
 */
export function openDatabase(dataDir: string): DatabaseSync {
  const file = join(dataDir, DATABASE_FILE);
  let db: DatabaseSync | undefined;
  try {
    refuseHalfRestored(file);
    refuseLeftOverWal(file);
    db = new DatabaseSync(file, { timeout: BUSY_MS });
    refuseForeign(db, file);
    rewriteUnwritten(db, file);
    // It counts for a file in which nothing is yet, and to say it again would be written to a full disk.
    if (pragma(db, "auto_vacuum") !== INCREMENTAL) db.exec("PRAGMA auto_vacuum = INCREMENTAL");
    db.exec("PRAGMA journal_mode = WAL");
    db.exec("PRAGMA synchronous = FULL");
    db.exec(`PRAGMA journal_size_limit = ${WAL_BYTES_KEPT}`);
    db.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    addChecksumFunction(db);
    refuseDamaged(db, file, "quick_check(1)");
    migrate(db);
    letShrink(db);
    // A room that is lost from its index would begin once more.
    refuseDamaged(db, file, "integrity_check(room)");
    refuseDamagedRooms(db, file);
    return db;
  } catch (error) {
    if (db?.isOpen) db.close();
    if (error instanceof StorageError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StorageError(`${file} cannot be opened: ${why}.`, { cause: error });
  }
}

/**
 * Lets the file grow to so many pages of 4 KiB, for tests of a full disk; if it has more
 * already, it grows no further.
 * @param maxPages undefined: as far as SQLite itself goes
 */
export function limitPages(db: DatabaseSync, maxPages = PAGES_MAX): void {
  db.exec(`PRAGMA max_page_count = ${maxPages}`);
}

/**
 * Makes sure that no other server uses a data directory for as long as this process lives; the
 * system lets go of the lock with the process, however it ends.
 * @param inUse what is said if another process has it
 * @returns lets go of the lock
 * @throws StorageError if another process has it, or the directory cannot be written
 */
export function lockDirectory(
  dataDir: string,
  inUse = `Another server is using ${dataDir}.`,
): () => void {
  try {
    makeDurableDirectory(dataDir);
    const lock = new DatabaseSync(join(dataDir, "parley.lock"), { timeout: 0 });
    try {
      lock.exec("BEGIN EXCLUSIVE");
    } catch (error) {
      lock.close();
      throw new StorageError(inUse, { cause: error });
    }
    return () => lock.close();
  } catch (error) {
    if (error instanceof StorageError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StorageError(`${dataDir} cannot be used to store messages: ${why}.`, {
      cause: error,
    });
  }
}

/**
 * Nothing may build on what only the system's memory has. Another server may be writing, if somebody
 * took the lock away: not now.
 */
function rewriteUnwritten(db: DatabaseSync, file: string): void {
  const wal = `${file}-wal`;
  if (!existsSync(wal)) return;
  db.exec("BEGIN IMMEDIATE");
  rewriteWal(wal);
  db.exec("ROLLBACK");
}

/**
 * Refuses a database that is not ours, or newer than this server.
 * @throws StorageError that names the file
 */
export function refuseForeign(db: DatabaseSync, file: string): void {
  const version = pragma(db, "user_version");
  const application = pragma(db, "application_id");
  const isNew = version === 0 && application === 0 && pragma(db, "page_count") === 0;
  if (!isNew && application !== APPLICATION_ID) {
    throw new StorageError(`${file} is not a Parley database.`);
  }
  if (version > MIGRATIONS.length) {
    throw new StorageError(
      `${file} was written by a newer Parley (schema ${version}, this one knows ${MIGRATIONS.length}).`,
    );
  }
}

/**
 * Refuses a backup beside which a write-ahead log was left: it is of the database that was there
 * before, and SQLite would mix the two. A backup keeps none of its own.
 * @throws StorageError that names the file
 */
export function refuseLeftOverWal(file: string): void {
  if (!hasForeignWal(file)) return;
  throw new StorageError(
    `${file} lies beside the write-ahead log of another database. Move it elsewhere, and put it back with pnpm restore.`,
  );
}

/** Refuses to start without a past if one was about to be put back. */
function refuseHalfRestored(file: string): void {
  if (existsSync(file) || !existsSync(restoringFile(file))) return;
  throw new StorageError(`${file} was about to be put back from a backup: run pnpm restore again.`);
}

/** Where a backup is made ready to become this database. */
export function restoringFile(file: string): string {
  return `${file}.restoring`;
}

function refuseDamaged(db: DatabaseSync, file: string, check: string): void {
  const found = db.prepare(`PRAGMA ${check}`).get();
  const verdict = found && Object.values(found)[0];
  if (verdict !== "ok") throw damaged(file, String(verdict));
}

function refuseDamagedRooms(db: DatabaseSync, file: string): void {
  const sql =
    "SELECT count(*) AS rooms FROM room WHERE crc <> parley_checksum(key, id, head, first)";
  const rooms = Number(db.prepare(sql).get()?.["rooms"]);
  if (rooms > 0) throw damaged(file, `the heads of ${rooms} rooms are not as they were written`);
}

function damaged(file: string, how: string): StorageError {
  return new StorageError(
    `${file} is damaged (${how}). Restore a backup, or move the file away to start with an empty log.`,
  );
}

/** Creates the schema or brings it up to date. The migration needs the checksum function. */
export function migrate(db: DatabaseSync): void {
  const from = pragma(db, "user_version");
  if (from === MIGRATIONS.length) return;
  db.exec("BEGIN IMMEDIATE");
  for (const step of MIGRATIONS.slice(from)) db.exec(step);
  if (from === 0) {
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    db.prepare("INSERT INTO log (epoch) VALUES (?)").run(randomUUID());
  }
  db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  db.exec("COMMIT");
}

/**
 * A database that was made before could not shrink: writing it once more changes that. A large one
 * would keep everybody waiting; its host decides (docs/operations.md).
 */
function letShrink(db: DatabaseSync): void {
  if (pragma(db, "auto_vacuum") !== 0 || pragma(db, "page_count") > PAGES_REWRITTEN) return;
  try {
    db.exec("VACUUM");
  } catch (error) {
    if (!isStorageFailure(error)) throw error;
    // A disk that has no room for a second one keeps it as it is.
  }
}

function pragma(db: DatabaseSync, name: string): number {
  const row = db.prepare(`PRAGMA ${name}`).get();
  return Number(row && Object.values(row)[0]);
}
