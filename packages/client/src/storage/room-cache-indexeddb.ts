import type { Clock } from "../clock.ts";
import { CACHED_ROOMS_MAX, type RoomCache } from "./room-cache.ts";
import type { OpenDatabase } from "./room-database.ts";

/** A cache of rooms that lasts between visits, for all tabs of a browser. */
export function createIndexedDbCache(open: OpenDatabase, { now }: Pick<Clock, "now">): RoomCache {
  return {
    async load(roomId) {
      const database = await open();
      const row = await database.get("rooms", roomId);
      if (!row) return undefined;
      const { roomId: _roomId, at: _at, ...room } = row;
      return room;
    },
    async save(roomId, room) {
      const database = await open();
      const { store, done } = database.transaction("rooms", "readwrite");
      const save = async () => {
        await store.put({ ...room, roomId, at: now() });
        const surplus = (await store.count()) - CACHED_ROOMS_MAX;
        if (surplus <= 0) return;
        const oldest = await store.index("at").getAllKeys(null, surplus);
        await Promise.all(oldest.map((key) => store.delete(key)));
      };
      await Promise.all([save(), done]);
    },
  };
}
