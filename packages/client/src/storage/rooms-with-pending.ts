import { resultOf } from "./indexed-db.ts";
import { DATABASE, roomDatabase, type OutboxRow } from "./room-database.ts";

/**
 * The rooms in whose outbox in this browser there are entries that were not refused; private
 * conversations as `room/member`. What was written first comes first. Rejects if the browser denies
 * its storage.
 * @param name of the database, as in `browserRoomStorage`
 */
export async function roomsWithPending(name = DATABASE): Promise<readonly string[]> {
  const database = await roomDatabase(name)();
  try {
    const store = database.transaction("outbox").objectStore("outbox");
    const rows = await resultOf(store.getAll() as IDBRequest<OutboxRow[]>);
    return [...new Set(rows.filter(({ refusal }) => !refusal).map(({ roomId }) => roomId))];
  } finally {
    database.close();
  }
}
