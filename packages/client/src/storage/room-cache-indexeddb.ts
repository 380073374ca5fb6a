import type { Clock } from "../clock.ts";
import { inTransaction, resultOf, type OpenDatabase } from "./indexed-db.ts";
import { CACHED_ROOMS_MAX, type RoomCache } from "./room-cache.ts";
import type { CachedRoomRow } from "./room-database.ts";

/** A cache of rooms that lasts between visits, for all tabs of a browser. */
export function createIndexedDbCache(open: OpenDatabase, { now }: Pick<Clock, "now">): RoomCache {
  return {
    async load(roomId) {
      const database = await open();
      const rooms = database.transaction("rooms").objectStore("rooms");
      const request = rooms.get(roomId) as IDBRequest<CachedRoomRow | undefined>;
      const row = await resultOf(request);
      if (!row) return undefined;
      const { roomId: _roomId, at: _at, ...room } = row;
      return room;
    },
    async save(roomId, room) {
      const database = await open();
      await inTransaction(database.transaction("rooms", "readwrite"), async (storeNamed) => {
        const store = storeNamed("rooms");
        await resultOf(store.put({ ...room, roomId, at: now() } satisfies CachedRoomRow));
        const surplus = (await resultOf(store.count())) - CACHED_ROOMS_MAX;
        if (surplus <= 0) return;
        const oldest = await resultOf(store.index("at").getAllKeys(null, surplus));
        await Promise.all(oldest.map((key) => resultOf(store.delete(key))));
      });
    },
  };
}
