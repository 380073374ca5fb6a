import { closeSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";

/** How much of the write-ahead log is read and written at once, in bytes. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Writes the write-ahead log over itself and syncs it. After a sync that failed, its pages may be
 * in the system's memory alone, and count as clean: a later sync would not write them. What builds
 * on them is lost with the power. A power cut at any moment leaves every page as it was or as it
 * becomes, and for those that were synced both are the same.
 * @param file the write-ahead log; if it is not there, nothing is done
 */
export function rewriteWal(file: string): void {
  const fd = openIfThere(file);
  if (fd === undefined) return;
  try {
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    for (let at = 0; ;) {
      const size = readSync(fd, piece, 0, PIECE_BYTES, at);
      if (size === 0) break;
      for (let done = 0; done < size;) {
        done += writeSync(fd, piece, done, size - done, at + done);
      }
      at += size;
    }
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * Brings all of the write-ahead log into the database, syncs that, and empties the log: nothing of
 * a transaction that failed is left in it, and what is read next is read from the database.
 * @throws Error if the disk fails, or another process reads and is not done in time
 */
export function emptyWal(db: DatabaseSync): void {
  const result = db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
  if (result?.["busy"] !== 0) throw new Error("the write-ahead log is being read");
}

function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, "r+");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
