import type { Refusal } from "@parley/protocol";
import { RefusedError } from "../refused-error.ts";
import { databaseNamed, inTransaction, resultOf } from "../storage/indexed-db.ts";
import { reportUnlessRefused } from "../storage/storage-failure.ts";

/** A file that is not stored at the server yet. */
export interface PendingFile {
  readonly id: string;
  readonly bytes: Blob;
  readonly thumb?: Blob | undefined;
}

/** Keeps the bytes of files until they are sent, through reloads and weeks (SPEC B3). */
export interface PendingFiles {
  /**
   * Keeps a file.
   * @returns false if the browser does not keep it: it is there until the page closes
   */
  put(file: PendingFile): Promise<boolean>;
  /**
   * @returns undefined if it is not kept
   * @throws RefusedError, which is temporary, if the browser cannot say now
   */
  get(id: string): Promise<PendingFile | undefined>;
  remove(ids: readonly string[]): Promise<void>;
}

type Row = PendingFile & {
  /** When it was put, in ms since 1970. */
  readonly at: number;
};

/** What was never sent is deleted after this, in ms. */
const KEEP_MS = 30 * 86_400_000;
const STORE = "files";
const UNREADABLE: Refusal = {
  code: "unavailable",
  message: "This browser cannot read the file now.",
  temporary: true,
};

/**
 * Pending files in IndexedDB. Those that the browser denies to keep are in memory.
 * @param name of the database; tabs of one origin and one name share it
 * @param now in ms since 1970
 */
export function browserPendingFiles(name: string, now: () => number): PendingFiles {
  const unkept = new Map<string, PendingFile>();
  const open = databaseNamed(name, 1, upgrade, (database) => removeOld(database, now()));

  return {
    async put(file) {
      unkept.set(file.id, file);
      try {
        const work = (await open()).transaction(STORE, "readwrite", { durability: "strict" });
        const row: Row = { ...file, at: now() };
        await inTransaction(work, (store) => resultOf(store(STORE).put(row)));
        unkept.delete(file.id);
        return true;
      } catch (error) {
        reportUnlessRefused(error);
        return false;
      }
    },
    async get(id) {
      const inMemory = unkept.get(id);
      if (inMemory) return inMemory;
      try {
        const store = (await open()).transaction(STORE).objectStore(STORE);
        return await resultOf(store.get(id) as IDBRequest<Row | undefined>);
      } catch (error) {
        reportUnlessRefused(error);
        throw new RefusedError(UNREADABLE);
      }
    },
    async remove(ids) {
      for (const id of ids) unkept.delete(id);
      try {
        const work = (await open()).transaction(STORE, "readwrite");
        await inTransaction(work, (store) =>
          Promise.all(ids.map((id) => resultOf(store(STORE).delete(id)))),
        );
      } catch (error) {
        reportUnlessRefused(error);
      }
    },
  };
}

function upgrade(database: IDBDatabase): void {
  database.createObjectStore(STORE, { keyPath: "id" }).createIndex("at", "at");
}

async function removeOld(database: IDBDatabase, now: number): Promise<void> {
  const work = database.transaction(STORE, "readwrite");
  await inTransaction(work, async (store) => {
    const old = IDBKeyRange.upperBound(now - KEEP_MS);
    const ids = await resultOf(store(STORE).index("at").getAllKeys(old));
    await Promise.all(ids.map((id) => resultOf(store(STORE).delete(id))));
  });
}
