import type { Outbox, OutboxRecord } from "./outbox.ts";

/** An outbox that lasts as long as the program: for scripts, for tests, and where nothing else is. */
export function createMemoryOutbox(): Outbox {
  // A Map keeps the place of a key that is set again.
  const rooms = new Map<string, Map<string, OutboxRecord>>();
  return {
    async load(roomId) {
      return [...(rooms.get(roomId)?.values() ?? [])];
    },
    async put(roomId, record) {
      const room = rooms.get(roomId) ?? new Map<string, OutboxRecord>();
      rooms.set(roomId, room.set(record.id, record));
    },
    async remove(roomId, id) {
      const room = rooms.get(roomId);
      if (room?.delete(id) && room.size === 0) rooms.delete(roomId);
    },
    // Nobody else can get at it.
    watch: () => () => undefined,
  };
}
