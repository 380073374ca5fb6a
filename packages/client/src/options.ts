import type { Clock } from "./clock.ts";
import type { FileUploads } from "./files/file-uploads.ts";
import type { Outbox } from "./storage/outbox.ts";
import type { RoomCache } from "./storage/room-cache.ts";
import type { SendLock } from "./storage/send-lock.ts";
import type { Transport } from "./transports/transport.ts";
import type { WakeUps } from "./wake-ups.ts";

/** The options of a room client. */
export interface RoomClientOptions {
  /** The address of the server, such as `wss://host/ws`. */
  readonly url: string;
  /** The room code, in upper or lower case: `Lobby` and `lobby` are one room. */
  readonly roomId: string;
  /** The name to join with; by default the server gives one. */
  readonly name?: string;
  /** The `token` of the client of an earlier visit: joins as the same member (SPEC P2). */
  readonly token?: string;
  /** Stores pending messages; by default in memory. */
  readonly outbox?: Outbox;
  /** Uploads the files of messages; by default they are stored at the server already. */
  readonly files?: FileUploads;
  /** Decides which of the tabs that share the outbox sends; by default every tab sends. */
  readonly sendLock?: SendLock;
  /** Stores the room for the next visit; by default nothing is stored. */
  readonly cache?: RoomCache;
  /** By default the machine's clock. */
  readonly clock?: Clock;
  /**
   * Returns a number from 0 up to, but not including, 1; by default `Math.random`. Spreads
   * reconnects.
   */
  readonly random?: () => number;
  /**
   * Starts opening a connection; throws if `url` is not a valid address. By default, a WebSocket.
   */
  readonly openTransport?: (url: string) => Transport;
  /**
   * Says when to check the connection at once; by default when the page is shown or goes online.
   */
  readonly wakeUps?: WakeUps;
}
