import type { Outbox, OutboxRecord } from "./outbox.ts";

/** An outbox in memory: pending entries are lost when the program ends. The default. */
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
    // No other tab can change it.
    watch: () => () => undefined,
  };
}
