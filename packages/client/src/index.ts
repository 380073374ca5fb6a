/** The reconnecting room client: for browsers and Node, without React. */
export { systemClock, type Cancel, type Clock } from "./clock.ts";
export type { PendingMessage, RoomEvent, Status } from "./events.ts";
export type { FileUploads } from "./files/file-uploads.ts";
export type { RoomClientOptions } from "./options.ts";
export { createMemoryOutbox } from "./storage/outbox-memory.ts";
export type { Outbox, OutboxRecord } from "./storage/outbox.ts";
export { RefusedError } from "./refused-error.ts";
export type { CachedRoom, RoomCache } from "./storage/room-cache.ts";
export { createRoomClient, type RoomClient } from "./room-client.ts";
export { browserRoomStorage, type RoomStorage } from "./storage/browser-storage.ts";
export type { SendLock, SendLockClaim, SendLockListener } from "./storage/send-lock.ts";
export type { HistoryPage } from "./session/machine/effect.ts";
export type { Goodbye, Transport, TransportListener } from "./transports/transport.ts";
export { createRoomTap, type RoomTap } from "./private/room-tap.ts";
export { socketFirst } from "./transports/socket-first.ts";
export { openWebSocket } from "./transports/websocket.ts";
export { pageWakeUps, type WakeUps } from "./wake-ups.ts";
