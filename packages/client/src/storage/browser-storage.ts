import { systemClock } from "../clock.ts";
import { inTransaction, resultOf } from "./indexed-db.ts";
import type { Outbox } from "./outbox.ts";
import { createIndexedDbOutbox } from "./outbox-indexeddb.ts";
import { broadcastOutboxChannel } from "./outbox-channel.ts";
import type { RoomCache } from "./room-cache.ts";
import { createIndexedDbCache } from "./room-cache-indexeddb.ts";
import { entriesOf, roomDatabase } from "./room-database.ts";
import { noSendLock, type SendLock } from "./send-lock.ts";
import { webLock } from "./web-lock.ts";

/** What a browser stores of rooms, shared by its tabs. Each room client takes it as options. */
export interface RoomStorage {
  readonly outbox: Outbox;
  readonly cache: RoomCache;
  readonly sendLock: SendLock;
  /**
   * Deletes what is stored of a room: the cache and the pending entries. A tab that has the room
   * open caches it again. Rejects if the browser denies storage: then nothing is stored.
   */
  forgetRoom(roomId: string): Promise<void>;
}

/**
 * Opens this browser's storage of rooms. If the browser denies IndexedDB, or it fails later, a room
 * client continues in memory. Without Web Locks (a page without TLS) every tab sends.
 * @param name of the database; pages of one origin and one name share it
 */
export function browserRoomStorage(name = "parley"): RoomStorage {
  const open = roomDatabase(name);
  const channel = broadcastOutboxChannel(`${name}-outbox`);
  return {
    outbox: createIndexedDbOutbox(open, channel),
    cache: createIndexedDbCache(open, systemClock),
    sendLock: browserSendLock(() => open().then(() => true)),
    async forgetRoom(roomId) {
      const room = roomId.toLowerCase();
      const database = await open();
      const work = database.transaction(["outbox", "rooms"], "readwrite");
      await inTransaction(work, async (storeNamed) => {
        const outbox = storeNamed("outbox");
        const waiting = await resultOf(outbox.index("entry").getAllKeys(entriesOf(room)));
        await Promise.all(waiting.map((order) => resultOf(outbox.delete(order))));
        await resultOf(storeNamed("rooms").delete(room));
      });
      channel.post(room);
    },
  };
}

function browserSendLock(isShared: () => Promise<boolean>): SendLock {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (!locks) return noSendLock;
  const isVisible = () => document.visibilityState === "visible";
  return webLock({ locks, isVisible, isShared });
}
