import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { OutboxRecord } from "./outbox.ts";
import type { CachedRoom } from "./room-cache.ts";

/** Raised with every change of the shape of what is kept; see {@link upgrade}. */
const VERSION = 1;

interface RoomSchema extends DBSchema {
  /** What waits, of all rooms: the key grows with every writing, across tabs. */
  outbox: {
    key: number;
    value: OutboxRecord & { readonly order?: number; readonly roomId: string };
    indexes: { entry: [roomId: string, id: string] };
  };
  /** What was last seen of each room, and when (ms since 1970). */
  rooms: {
    key: string;
    value: CachedRoom & { readonly roomId: string; readonly at: number };
    indexes: { at: number };
  };
}

/** What this browser keeps of rooms. */
type RoomDatabase = IDBPDatabase<RoomSchema>;

/** Gives the database, opened when it is first asked for; rejects where the browser denies it. */
export type OpenDatabase = () => Promise<RoomDatabase>;

/** Opens the database of this name, once, and again after it was closed. */
export function roomDatabase(name: string): OpenDatabase {
  let opened: Promise<RoomDatabase> | undefined;
  const forget = () => {
    opened = undefined;
  };
  const open = async () => {
    const database = await openDB<RoomSchema>(name, VERSION, {
      upgrade,
      // A newer page wants to change its shape: this one must not stand in the way.
      blocking: () => {
        forget();
        database.close();
      },
      terminated: forget,
    });
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

function upgrade(database: RoomDatabase): void {
  const outbox = database.createObjectStore("outbox", { keyPath: "order", autoIncrement: true });
  outbox.createIndex("entry", ["roomId", "id"], { unique: true });
  database.createObjectStore("rooms", { keyPath: "roomId" }).createIndex("at", "at");
}

/** The keys of everything that waits in one room, in the index `entry`. */
export function entriesOf(roomId: string): IDBKeyRange {
  return IDBKeyRange.bound([roomId], [roomId, []]);
}
