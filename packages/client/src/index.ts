/** The reconnecting room client: no React, in a browser and in Node. */
export { systemClock, type Cancel, type Clock } from "./clock.ts";
export type { Outgoing, OutgoingFrame, RoomEvent, Status } from "./events.ts";
export type { RoomClientOptions } from "./options.ts";
export { createMemoryOutbox } from "./outbox-memory.ts";
export type { Outbox, Stored } from "./outbox.ts";
export { RefusedError } from "./refused-error.ts";
export type { CachedRoom, RoomCache } from "./room-cache.ts";
export { createRoomClient, type RoomClient } from "./room-client.ts";
export { browserRoomStorage, type RoomStorage } from "./room-storage.ts";
export type { SenderTurn, TurnClaim, TurnListener } from "./sender-turn.ts";
export type { HistoryPage } from "./session/effect.ts";
export {
  openWebSocket,
  type Goodbye,
  type Transport,
  type TransportListener,
} from "./transport.ts";
export { pageWakeUps, type WakeUps } from "./wake-ups.ts";
