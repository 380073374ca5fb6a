import type { RoomStorage } from "./browser-storage.ts";
import { inTransaction, resultOf } from "./indexed-db.ts";
import { entriesOf, type OutboxRow } from "./room-database.ts";

/**
 * Deletes what is stored of a room: the cache and the pending entries. A tab that has the room open
 * caches it again. Rejects if the browser denies storage: then nothing is stored.
 * @returns the ids of the files of what was pending: their bytes are stored elsewhere
 */
export async function forgetStoredRoom(
  { database, channel }: Pick<RoomStorage, "database" | "channel">,
  roomId: string,
): Promise<readonly string[]> {
  const room = roomId.toLowerCase();
  const work = (await database()).transaction(["outbox", "rooms"], "readwrite");
  const files = await inTransaction(work, async (storeNamed) => {
    const outbox = storeNamed("outbox");
    const ofRoom = outbox.index("entry");
    const rows = await resultOf(ofRoom.getAll(entriesOf(room)) as IDBRequest<OutboxRow[]>);
    const keys = await resultOf(ofRoom.getAllKeys(entriesOf(room)));
    await Promise.all(keys.map((order) => resultOf(outbox.delete(order))));
    await resultOf(storeNamed("rooms").delete(room));
    return rows.flatMap(({ frame }) => (frame.type === "chat" ? (frame.payload.files ?? []) : []));
  });
  channel.post(room);
  return files.map(({ id }) => id);
}
