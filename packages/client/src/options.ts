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
  /** The room code, in upper or lower case: `Lobby` and `lobby` are one room. */
  readonly roomId: string;
  /** The name to join with; by default the server gives one. */
  readonly name?: string;
  /** Proves who one was on an earlier visit (SPEC P2): what `token` of that client gave. */
  readonly token?: string;
  /** Keeps what is not acknowledged yet; by default in memory. */
  readonly outbox?: Outbox;
  /** Decides which of the tabs that share the outbox sends; by default each does. */
  readonly sendLock?: SendLock;
  /** Keeps the room for the next visit; by default nothing does. */
  readonly cache?: RoomCache;
  /** By default the machine's. */
  readonly clock?: Clock;
  /** Gives a number from 0 up to, and without, 1; by default `Math.random`. It spreads reconnects. */
  readonly random?: () => number;
  /** Starts opening a connection; throws if `url` is no address. By default, a WebSocket. */
  readonly openTransport?: (url: string) => Transport;
  /** Says when to check the connection at once; by default what the page knows. */
  readonly wakeUps?: WakeUps;
}
