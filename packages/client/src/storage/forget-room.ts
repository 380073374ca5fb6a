import type { RoomStorage } from "./browser-storage.ts";
import { inTransaction, resultOf } from "./indexed-db.ts";
import { entriesOf } from "./room-database.ts";

/**
 * Deletes what is stored of a room: the cache and the pending entries. A tab that has the room open
 * caches it again. Rejects if the browser denies storage: then nothing is stored.
 */
export async function forgetStoredRoom(
  { database, channel }: Pick<RoomStorage, "database" | "channel">,
  roomId: string,
): Promise<void> {
  const room = roomId.toLowerCase();
  const work = (await database()).transaction(["outbox", "rooms"], "readwrite");
  await inTransaction(work, async (storeNamed) => {
    const outbox = storeNamed("outbox");
    const waiting = await resultOf(outbox.index("entry").getAllKeys(entriesOf(room)));
    await Promise.all(waiting.map((order) => resultOf(outbox.delete(order))));
    await resultOf(storeNamed("rooms").delete(room));
  });
  channel.post(room);
}
