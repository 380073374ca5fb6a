import type { DatabaseSync } from "node:sqlite";
import { GenerationFile } from "./generation-file.ts";
import { WRITE_BUFFER_LIMITS } from "./write-buffer.ts";
import { AcknowledgedMark } from "./mark.ts";
import { Ownership } from "./ownership.ts";
import { renewEpochOfCopy } from "./past.ts";
import { recoverLog } from "./recovery.ts";
import { lockDirectory, openDatabase } from "./schema.ts";
import { isStorageFailure } from "./storage-failure.ts";
import { SqliteStore } from "./store.ts";

/** The store of a data directory that belongs to this server. */
export interface OpenedStore {
  readonly db: DatabaseSync;
  readonly store: SqliteStore;
  readonly ownership: Ownership;
  readonly mark: AcknowledgedMark;
  /** What is missing that was acknowledged, in words for the host. */
  readonly losses: readonly string[];
  /** Why the log has another epoch than before, if it has one. */
  readonly renewed: string | undefined;
  /** Closes the database, and lets another server have the directory. */
  readonly close: () => void;
}

/**
 * Opens, or makes, the log in a data directory and takes it over.
 * @throws StorageError if the directory cannot be used
 */
export function openStore(dataDir: string): OpenedStore {
  const unlock = lockDirectory(dataDir);
  let db: DatabaseSync | undefined;
  try {
    db = openDatabase(dataDir);
    const opened = takeOver(db, dataDir);
    return {
      ...opened,
      close() {
        opened.ownership.leave((work) => opened.store.transaction(work));
        opened.mark.close();
        opened.db.close();
        unlock();
      },
    };
  } catch (error) {
    db?.close();
    unlock();
    throw error;
  }
}

function takeOver(db: DatabaseSync, dataDir: string): Omit<OpenedStore, "close"> {
  const file = new GenerationFile(dataDir);
  const renewed = renewEpochOfCopy(db, dataDir, file.value ?? "");
  const mark = AcknowledgedMark.open(dataDir);
  const losses = recoverLog(db, mark.count);
  const ownership = new Ownership(db, dataDir, file);
  const store = new SqliteStore(db, WRITE_BUFFER_LIMITS, ownership);
  try {
    store.transaction(() => {});
  } catch (error) {
    if (!isStorageFailure(error)) throw error;
    // On a disk that is full, the first transaction that succeeds takes the log over.
  }
  mark.set(store.newest);
  return { db, store, ownership, mark, losses, renewed };
}
