import { resultOf } from "./indexed-db.ts";
import type { OutboxRecord } from "./outbox.ts";
import type { CachedRoom } from "./room-cache.ts";

/** Raised with every change of the stored shapes; see {@link upgrade}. */
const VERSION = 1;

/** A pending record with its room. The key grows with every write, across tabs. */
export type OutboxRow = OutboxRecord & { readonly order?: number; readonly roomId: string };
/** A cached room and when it was saved (ms since 1970). */
export type CachedRoomRow = CachedRoom & { readonly roomId: string; readonly at: number };

/** Returns the database, opened at the first call; rejects if the browser denies it. */
export type OpenDatabase = () => Promise<IDBDatabase>;

/** Opens the database of this name once, and again after it was closed. */
export function roomDatabase(name: string): OpenDatabase {
  let opened: Promise<IDBDatabase> | undefined;
  const forget = () => {
    opened = undefined;
  };
  const open = async () => {
    const request = indexedDB.open(name, VERSION);
    request.addEventListener("upgradeneeded", () => upgrade(request.result));
    const database = await resultOf(request);
    // A newer page wants to upgrade the database, so this page must close it.
    database.addEventListener("versionchange", () => {
      forget();
      database.close();
    });
    database.addEventListener("close", forget);
    return database;
  };
  return () => {
    opened ??= open().catch((error: unknown) => {
      forget();
      throw error;
    });
    return opened;
  };
}

function upgrade(database: IDBDatabase): void {
  const outbox = database.createObjectStore("outbox", { keyPath: "order", autoIncrement: true });
  outbox.createIndex("entry", ["roomId", "id"], { unique: true });
  database.createObjectStore("rooms", { keyPath: "roomId" }).createIndex("at", "at");
}

/** The keys of all records of one room, in the index `entry`. */
export function entriesOf(roomId: string): IDBKeyRange {
  return IDBKeyRange.bound([roomId], [roomId, []]);
}
