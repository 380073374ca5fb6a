import type { Outbox, OutboxRecord } from "./outbox.ts";
import type { OutboxChannel } from "./outbox-channel.ts";
import { entriesOf, type OpenDatabase } from "./room-database.ts";

/**
 * An outbox that lasts through reloads, crashes and weeks, and that all tabs of a browser share.
 * Whatever the browser refuses (private windows, a full disk) rejects the call.
 */
export function createIndexedDbOutbox(open: OpenDatabase, channel: OutboxChannel): Outbox {
  return {
    async load(roomId) {
      const database = await open();
      const rows = await database.getAllFromIndex("outbox", "entry", entriesOf(roomId));
      // The index is in order of ids; what counts is the order of writing.
      const inOrder = rows.toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0));
      return inOrder.map(({ order: _order, roomId: _roomId, ...record }): OutboxRecord => record);
    },
    async put(roomId, record) {
      const database = await open();
      // Strict: a message that was record outlives a power cut, too (SPEC D5).
      const work = database.transaction("outbox", "readwrite", { durability: "strict" });
      const { store, done } = work;
      const put = async () => {
        const order = await store.index("entry").getKey([roomId, record.id]);
        await store.put({ ...record, roomId, ...(order === undefined ? {} : { order }) });
      };
      await Promise.all([put(), done]);
      channel.post(roomId);
    },
    async remove(roomId, id) {
      const database = await open();
      const { store, done } = database.transaction("outbox", "readwrite");
      const remove = async () => {
        const order = await store.index("entry").getKey([roomId, id]);
        if (order !== undefined) await store.delete(order);
        return order !== undefined;
      };
      const [wasThere] = await Promise.all([remove(), done]);
      if (wasThere) channel.post(roomId);
    },
    watch: (roomId, changed) => channel.watch(roomId, changed),
  };
}
