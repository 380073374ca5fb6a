import { inTransaction, resultOf } from "./indexed-db.ts";
import type { Outbox, OutboxRecord } from "./outbox.ts";
import type { OutboxChannel } from "./outbox-channel.ts";
import { entriesOf, type OpenDatabase, type OutboxRow } from "./room-database.ts";

/**
 * An outbox that lasts through reloads, crashes and weeks, shared by all tabs of a browser. A call
 * that the browser refuses (private windows, a full disk) rejects.
 */
export function createIndexedDbOutbox(open: OpenDatabase, channel: OutboxChannel): Outbox {
  return {
    async load(roomId) {
      const database = await open();
      const index = database.transaction("outbox").objectStore("outbox").index("entry");
      const request = index.getAll(entriesOf(roomId)) as IDBRequest<OutboxRow[]>;
      const rows = await resultOf(request);
      // The index is in order of ids; what counts is the order of writing.
      const inOrder = rows.toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0));
      return inOrder.map(({ order: _order, roomId: _roomId, ...record }): OutboxRecord => record);
    },
    async put(roomId, record) {
      const database = await open();
      // Strict, so that a stored message survives a power cut, too (SPEC D5).
      const work = database.transaction("outbox", "readwrite", { durability: "strict" });
      await inTransaction(work, async (storeNamed) => {
        const store = storeNamed("outbox");
        const order = await resultOf(store.index("entry").getKey([roomId, record.id]));
        await resultOf(store.put({ ...record, roomId, ...(order === undefined ? {} : { order }) }));
      });
      channel.post(roomId);
    },
    async remove(roomId, id) {
      const database = await open();
      const work = database.transaction("outbox", "readwrite");
      const wasThere = await inTransaction(work, async (storeNamed) => {
        const store = storeNamed("outbox");
        const order = await resultOf(store.index("entry").getKey([roomId, id]));
        if (order !== undefined) await resultOf(store.delete(order));
        return order !== undefined;
      });
      if (wasThere) channel.post(roomId);
    },
    watch: (roomId, changed) => channel.watch(roomId, changed),
  };
}
