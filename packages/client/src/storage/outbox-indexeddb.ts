import { inTransaction, resultOf, type OpenDatabase } from "./indexed-db.ts";
import type { Outbox, OutboxRecord } from "./outbox.ts";
import type { OutboxChannel } from "./outbox-channel.ts";
import { entriesOf, type OutboxRow } from "./room-database.ts";

/**
 * An outbox that lasts through reloads, crashes and weeks, shared by all tabs of a browser. A call
 * that the browser refuses (private windows, a full disk) rejects.
 */
export function createIndexedDbOutbox(open: OpenDatabase, channel: OutboxChannel): Outbox {
  /** The ids that this tab wrote or loaded. */
  const known = new Set<string>();
  // Strict, so that a stored message survives a power cut, too (SPEC D5).
  const writing = async () =>
    (await open()).transaction("outbox", "readwrite", { durability: "strict" });

  /**
   * Adds a row with one request, and waits for no answer to commit: a page that closes gets none.
   * @returns false if there is one with this id
   */
  const add = async (row: OutboxRow): Promise<boolean> => {
    const work = await writing();
    try {
      await inTransaction(work, async (storeNamed) => {
        const added = resultOf(storeNamed("outbox").add(row));
        work.commit();
        await added;
      });
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === "ConstraintError") return false;
      throw error;
    }
  };
  const replace = async (row: OutboxRow): Promise<void> => {
    await inTransaction(await writing(), async (storeNamed) => {
      const store = storeNamed("outbox");
      const order = await resultOf(store.index("entry").getKey([row.roomId, row.id]));
      await resultOf(store.put({ ...row, ...(order === undefined ? {} : { order }) }));
    });
  };

  return {
    async load(roomId) {
      const database = await open();
      const index = database.transaction("outbox").objectStore("outbox").index("entry");
      const request = index.getAll(entriesOf(roomId)) as IDBRequest<OutboxRow[]>;
      const rows = await resultOf(request);
      for (const { id } of rows) known.add(id);
      // The index is in order of ids; what counts is the order of writing.
      const inOrder = rows.toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0));
      return inOrder.map(({ order: _order, roomId: _roomId, ...record }): OutboxRecord => record);
    },
    async put(roomId, record) {
      const row = { ...record, roomId };
      const isKnown = known.has(record.id);
      known.add(record.id);
      if (isKnown || !(await add(row))) await replace(row);
      channel.post(roomId);
    },
    async remove(roomId, id) {
      known.delete(id);
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
