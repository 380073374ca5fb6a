import { resultOf } from "./indexed-db.ts";
import type { OutboxRecord } from "./outbox.ts";
import type { CachedRoom } from "./room-cache.ts";

/** Raised with every change of the shape of what is kept; see {@link upgrade}. */
const VERSION = 1;

/** What waits, of all rooms: the key grows with every writing, across tabs. */
export type OutboxRow = OutboxRecord & { readonly order?: number; readonly roomId: string };
/** What was last seen of a room, and when (ms since 1970). */
export type RoomRow = CachedRoom & { readonly roomId: string; readonly at: number };

/** Gives the database, opened when it is first asked for; rejects where the browser denies it. */
export type OpenDatabase = () => Promise<IDBDatabase>;

/** Opens the database of this name, once, and again after it was closed. */
export function roomDatabase(name: string): OpenDatabase {
  let opened: Promise<IDBDatabase> | undefined;
  const forget = () => {
    opened = undefined;
  };
  const open = async () => {
    const request = indexedDB.open(name, VERSION);
    request.addEventListener("upgradeneeded", () => upgrade(request.result));
    const database = await resultOf(request);
    // A newer page wants to change its shape: this one must not stand in the way.
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

/** The keys of everything that waits in one room, in the index `entry`. */
export function entriesOf(roomId: string): IDBKeyRange {
  return IDBKeyRange.bound([roomId], [roomId, []]);
}
