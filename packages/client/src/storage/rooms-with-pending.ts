import { isMessage } from "@parley/protocol";
import { resultOf } from "./indexed-db.ts";
import { DATABASE, roomDatabase, type OutboxRow } from "./room-database.ts";

/**
 * The rooms in whose outbox in this browser there are entries that were not refused, and how many of
 * these are messages; private conversations as `room/member`, in lower case. What was written first
 * comes first. Rejects if the browser denies its storage.
 * @param name of the database, as in `browserRoomStorage`
 */
export async function roomsWithPending(name = DATABASE): Promise<ReadonlyMap<string, number>> {
  const database = await roomDatabase(name)();
  try {
    const store = database.transaction("outbox").objectStore("outbox");
    const rows = await resultOf(store.getAll() as IDBRequest<OutboxRow[]>);
    const messages = new Map<string, number>();
    for (const { roomId, frame, refusal } of rows) {
      if (refusal) continue;
      messages.set(roomId, (messages.get(roomId) ?? 0) + (isMessage(frame) ? 1 : 0));
    }
    return messages;
  } finally {
    database.close();
  }
}
