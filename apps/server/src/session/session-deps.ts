import type { Bell, Refusal, RefusalCode, UpFrame, UpPayload } from "@parley/protocol";
import type { FileFacts } from "../files/manifest.ts";
import type { Rates } from "../limits/rates.ts";
import type { RoomLog } from "../log/log.ts";
import type { Room } from "../rooms/room.ts";
import type { Rooms } from "../rooms/rooms.ts";
import type { Timers } from "../timing/timer-wheel.ts";
import type { TokenBucket } from "../limits/rate-limit.ts";
import type { ConnectionWriter } from "./connection-writer.ts";
import type { AskedPages } from "./page-queue.ts";

/** A connection's place in a room, as its private messages know it. */
export interface PrivatePlace {
  readonly roomId: string;
  readonly memberId: string;
  readonly writer: ConnectionWriter;
  readonly messages: TokenBucket;
  readonly signals: TokenBucket;
  readonly pages: AskedPages;
}

/** The private messages of a member, over one connection, until it leaves the room. */
export interface PrivateSide {
  /** Listens to the member's bell: who sees the member here may write at once. Throws LogUnavailable. */
  follow(): Promise<void>;
  /** Reads the member's bell for `joined`, and has its rings told. Throws LogUnavailable. */
  readBell(asked: NonNullable<UpPayload<"join">["bell"]>): Promise<Bell>;
  /** The member is in the room and was told so. */
  start(room: Room): void;
  /** Takes a frame of a conversation. */
  receive(payload: UpPayload<"private">, bytes: number): Promise<void>;
  /** Answers a frame of a conversation that could not be read. */
  refuse(memberId: string, why: Refusal): void;
  close(): void;
}

/** Whose file it is, and the network address that it came from. */
interface FileSource {
  readonly logId: string;
  readonly author: string;
  readonly address: string;
}

/** Takes whole files from sockets. */
export interface SocketFiles {
  /** Counts a file that is being stored. @returns a function to call at its end, or undefined at the limit */
  admit(source: FileSource): (() => void) | undefined;
  /** Describes these bytes. */
  describe(bytes: Uint8Array, name: string | undefined): FileFacts;
  /**
   * Stores a file; for the same message the same one. Throws LogUnavailable and FileRefused.
   * @returns its id
   */
  store(
    source: FileSource,
    facts: FileFacts,
    bytes: Uint8Array,
    messageId: string | undefined,
  ): Promise<string>;
}

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
  /** Takes files from sockets; undefined: this server takes none. */
  readonly files: SocketFiles | undefined;
  openPrivate(place: PrivatePlace): PrivateSide;
  /** Whether the server is going down and takes nothing more into the log. */
  isClosing(): boolean;
  onFrame(type: UpFrame["type"]): void;
  onRefused(code: RefusalCode): void;
  /** Something failed that should not have: a bug. */
  onFailure(error: unknown): void;
}
