import { systemClock } from "../clock.ts";
import type { OpenDatabase } from "./indexed-db.ts";
import type { Outbox } from "./outbox.ts";
import { createIndexedDbOutbox } from "./outbox-indexeddb.ts";
import { broadcastOutboxChannel, type OutboxChannel } from "./outbox-channel.ts";
import type { RoomCache } from "./room-cache.ts";
import { createIndexedDbCache } from "./room-cache-indexeddb.ts";
import { DATABASE, roomDatabase } from "./room-database.ts";
import { noSendLock, type SendLock } from "./send-lock.ts";
import { webLock } from "./web-lock.ts";

/** What a browser stores of rooms, shared by its tabs. Each room client takes it as options. */
export interface RoomStorage {
  readonly outbox: Outbox;
  readonly cache: RoomCache;
  readonly sendLock: SendLock;
  /** Where outbox and cache are. */
  readonly database: OpenDatabase;
  /** Tells other tabs of changes of the outbox. */
  readonly channel: OutboxChannel;
}

/**
 * Opens this browser's storage of rooms. If the browser denies IndexedDB, or it fails later, a room
 * client continues in memory. Without Web Locks (a page without TLS) every tab sends.
 * @param name of the database; pages of one origin and one name share it
 */
export function browserRoomStorage(name = DATABASE): RoomStorage {
  const database = roomDatabase(name);
  const channel = broadcastOutboxChannel(`${name}-outbox`);
  return {
    outbox: createIndexedDbOutbox(database, channel),
    cache: createIndexedDbCache(database, systemClock),
    sendLock: browserSendLock(() => database().then(() => true)),
    database,
    channel,
  };
}

function browserSendLock(isShared: () => Promise<boolean>): SendLock {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (!locks) return noSendLock;
  const isVisible = () => document.visibilityState === "visible";
  return webLock({ locks, isVisible, isShared, clock: systemClock });
}
