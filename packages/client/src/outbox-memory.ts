import type { Outbox, Stored } from "./outbox.ts";

/** An outbox that lasts as long as the program: for scripts, for tests, and where nothing else is. */
export function createMemoryOutbox(): Outbox {
  // A Map keeps the place of a key that is set again.
  const rooms = new Map<string, Map<string, Stored>>();
  return {
    async load(roomId) {
      return [...(rooms.get(roomId)?.values() ?? [])];
    },
    async put(roomId, stored) {
      const room = rooms.get(roomId) ?? new Map<string, Stored>();
      rooms.set(roomId, room.set(stored.id, stored));
    },
    async remove(roomId, id) {
      const room = rooms.get(roomId);
      if (room?.delete(id) && room.size === 0) rooms.delete(roomId);
    },
    // Nobody else can get at it.
    watch: () => () => undefined,
  };
}
