import type { Clock } from "./clock.ts";
import type { Outbox } from "./storage/outbox.ts";
import type { RoomCache } from "./storage/room-cache.ts";
import type { SendLock } from "./storage/send-lock.ts";
import type { Transport } from "./transports/transport.ts";
import type { WakeUps } from "./wake-ups.ts";

/** What a room client needs to know, and what may be handed in to it. */
export interface RoomClientOptions {
  /** Where the server listens, such as `wss://host/ws`. */
  readonly url: string;
  /** In any case: `Lobby` and `lobby` are one room. */
  readonly roomId: string;
  /** Without one, the server gives one. */
  readonly name?: string;
  /** Who one was before (SPEC P2). */
  readonly token?: string;
  /** Where written things wait; by default in memory. */
  readonly outbox?: Outbox;
  /** Decides which of the tabs that share the outbox sends; by default each does. */
  readonly sendLock?: SendLock;
  /** Where the room is remembered for the next visit; by default it is not. */
  readonly cache?: RoomCache;
  readonly clock?: Clock;
  /** From 0 up to, and without, 1. */
  readonly random?: () => number;
  /** Starts opening a connection; throws if `url` is no address. By default, a WebSocket. */
  readonly openTransport?: (url: string) => Transport;
  readonly wakeUps?: WakeUps;
}
