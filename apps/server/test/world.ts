import type { DownPayload, RefusalCode, UpFrame, UpPayload, UpType } from "@parley/protocol";
import { Addresses } from "../src/limits/addresses.ts";
import { readConfig } from "../src/config.ts";
import type { RoomLog } from "../src/log/log.ts";
import { MemoryLog } from "../src/backends/memory/log.ts";
import { openLocalPresence } from "../src/presence/local-presence.ts";
import type { OpenPresence } from "../src/presence/presence.ts";
import { withBells } from "../src/private/bells.ts";
import { Conversations } from "../src/private/conversations.ts";
import { quietly } from "../src/private/quiet-presence.ts";
import { Rooms } from "../src/rooms/rooms.ts";
import { Session } from "../src/session/session.ts";
import type { FlushClock } from "../src/timing/flush-clock.ts";
import type { SessionDeps } from "../src/session/session-deps.ts";
import { FakeConnection } from "./fake-connection.ts";
import { FakeTime } from "./fake-time.ts";
import { settled } from "@parley/testkit/settled";

/** A server without sockets: rooms, sessions and a log, in a time that a test lets pass. */
export class World {
  readonly time = new FakeTime();
  readonly rooms: Rooms;
  /** The codes of all refusals so far. */
  readonly refused: RefusalCode[] = [];
  /** What failed that should not have. */
  readonly failures: unknown[] = [];
  /** Whether the server goes down. */
  closing = false;
  readonly #sessions: SessionDeps;

  /**
   * @param env limits as a host would set them
   * @param openPresence opens the presence of a room; those of the server's own members unless another is given
   * @param flushClock the clock of the rooms' windows
   */
  constructor(
    backing: RoomLog = new MemoryLog(),
    env: Record<string, string> = {},
    openPresence: OpenPresence = openLocalPresence,
    flushClock: FlushClock = this.time.flushClock,
  ) {
    const log = withBells(backing);
    const { rates } = readConfig(env);
    const { timers, now } = this.time;
    const addresses = new Addresses(rates, now);
    const roomDeps = {
      log,
      timers,
      flushClock,
      pace: rates.person,
      announcementRates: rates,
      now,
      onDelivered: () => {},
      onFailure: (error: unknown) => this.failures.push(error),
      openPresence,
    };
    this.rooms = new Rooms(roomDeps);
    const conversations = new Rooms({ ...roomDeps, openPresence: quietly(openPresence) });
    this.#sessions = {
      rooms: this.rooms,
      log,
      rates,
      timers,
      now,
      newRoomsOf: (address) => addresses.newRoomsOf(address),
      storageOf: (address) => addresses.storageOf(address),
      files: undefined,
      openPrivate: (place) =>
        new Conversations(
          {
            sessions: this.#sessions,
            rooms: conversations,
            log,
            conversationsOf: (address) => addresses.conversationsOf(address),
          },
          place,
        ),
      isClosing: () => this.closing,
      onFrame: () => {},
      onRefused: (code) => this.refused.push(code),
      onFailure: (error) => this.failures.push(error),
    };
  }

  /** Somebody connects. */
  visit(address?: string): Visitor {
    return new Visitor(this.#sessions, address);
  }

  /** Somebody connects and joins a room. */
  async join(roomId: string, name: string, payload: Partial<UpPayload<"join">> = {}) {
    const visitor = this.visit();
    const joined = await visitor.join({ roomId, name, ...payload });
    return Object.assign(visitor, { joined });
  }
}

/** Somebody with a connection. */
export class Visitor {
  readonly connection: FakeConnection;
  readonly session: Session;

  constructor(deps: SessionDeps, address?: string) {
    this.connection = new FakeConnection(address);
    this.session = new Session(this.connection, deps);
  }

  /** Sends a frame; its effects are done after `settled`. */
  send<T extends UpType>(type: T, payload: UpPayload<T>): void {
    const frame = { type, payload } as UpFrame;
    this.session.receive(JSON.stringify(frame));
  }

  /** Says something and waits until it is in the log. */
  async say(message: string, payload: Partial<UpPayload<"chat">> = {}): Promise<void> {
    this.send("chat", { message, ...payload });
    await settled();
  }

  /** Joins, and gives the answer; what came before and with it is read. */
  async join(payload: UpPayload<"join">): Promise<DownPayload<"joined">> {
    this.send("join", payload);
    await settled();
    const [joined] = this.connection.readAll("joined");
    if (!joined) throw new Error("The join was not answered with joined.");
    return joined;
  }

  /** The socket closes with this code. */
  close(code: number): void {
    this.session.closed(code);
  }
}
