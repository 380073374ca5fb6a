import { systemClock } from "./clock.ts";
import type { Outbox } from "./outbox.ts";
import { createIndexedDbOutbox } from "./outbox-indexeddb.ts";
import { broadcastNews } from "./outbox-news.ts";
import type { RoomCache } from "./room-cache.ts";
import { createIndexedDbCache } from "./room-cache-indexeddb.ts";
import { entriesOf, roomDatabase } from "./room-database.ts";
import { everyoneSends, type SenderTurn } from "./sender-turn.ts";
import { lockedTurn } from "./sender-turn-locks.ts";

/** What a browser keeps of rooms, shared by its tabs. It is handed to each room client. */
export interface RoomStorage {
  readonly outbox: Outbox;
  readonly cache: RoomCache;
  readonly senderTurn: SenderTurn;
  /**
   * Forgets what was seen of a room and what waits to be sent there. In a room that is open
   * somewhere, it is seen anew. Rejects where nothing can be kept, and so nothing is.
   */
  forgetRoom(roomId: string): Promise<void>;
}

/**
 * Opens this browser's storage of rooms. Where the browser denies IndexedDB, or it fails later, a
 * room client goes on in memory; without Web Locks (a page without TLS) every tab sends.
 * @param name of the database; pages of one origin and one name share what is kept
 */
export function browserRoomStorage(name = "parley"): RoomStorage {
  const open = roomDatabase(name);
  const news = broadcastNews(`${name}-outbox`);
  return {
    outbox: createIndexedDbOutbox(open, news),
    cache: createIndexedDbCache(open, systemClock),
    senderTurn: browserTurn(() => open().then(() => true)),
    async forgetRoom(roomId) {
      const room = roomId.toLowerCase();
      const database = await open();
      const work = database.transaction(["outbox", "rooms"], "readwrite");
      const outbox = work.objectStore("outbox");
      const forget = async () => {
        const waiting = await outbox.index("entry").getAllKeys(entriesOf(room));
        await Promise.all(waiting.map((order) => outbox.delete(order)));
        await work.objectStore("rooms").delete(room);
      };
      await Promise.all([forget(), work.done]);
      news.tell(room);
    },
  };
}

function browserTurn(isShared: () => Promise<boolean>): SenderTurn {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (!locks) return everyoneSends;
  const isVisible = () => document.visibilityState === "visible";
  return lockedTurn({ locks, isVisible, isShared });
}
