import { databaseNamed, type OpenDatabase } from "./indexed-db.ts";
import type { OutboxRecord } from "./outbox.ts";
import type { CachedRoom } from "./room-cache.ts";

/** Raised with every change of the stored shapes; see {@link upgrade}. */
const VERSION = 1;

/** A pending record with its room. The key grows with every write, across tabs. */
export type OutboxRow = OutboxRecord & { readonly order?: number; readonly roomId: string };
/** A cached room and when it was saved (ms since 1970). */
export type CachedRoomRow = CachedRoom & { readonly roomId: string; readonly at: number };

/** The name of the database, unless another one is given. */
export const DATABASE = "parley";

/** Opens the database of this name; see {@link databaseNamed}. */
export function roomDatabase(name: string): OpenDatabase {
  return databaseNamed(name, VERSION, upgrade);
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
