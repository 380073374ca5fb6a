import type { RefusalCode, UpFrame } from "@parley/protocol";
import type { Rates } from "../limits/rates.ts";
import type { RoomLog } from "../log/log.ts";
import type { Rooms } from "../rooms/rooms.ts";
import type { Timers } from "../timing/timer-wheel.ts";
import type { TokenBucket } from "../limits/rate-limit.ts";

/** What all sessions of a server share. */
export interface SessionDeps {
  readonly rooms: Rooms;
  readonly log: RoomLog;
  readonly rates: Rates;
  readonly timers: Timers;
  /** In ms since 1970. */
  now(): number;
  /** The permits of a network address to join rooms that were empty. */
  newRoomsOf(address: string): TokenBucket;
  /** The permits of a network address to store, one a byte. */
  storageOf(address: string): TokenBucket;
  /** Whether the server is going down and takes nothing more into the log. */
  isClosing(): boolean;
  onFrame(type: UpFrame["type"]): void;
  onRefused(code: RefusalCode): void;
  /** Something failed that should not have: a bug. */
  onFailure(error: unknown): void;
}
