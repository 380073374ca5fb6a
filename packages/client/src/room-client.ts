import { canonicalEmoji, generateEntryId, JOIN_MESSAGES, PAGE_ENTRIES_MAX } from "@parley/protocol";
import { systemClock } from "./clock.ts";
import type { OutgoingFrame, RoomEvent } from "./events.ts";
import type { RoomClientOptions } from "./options.ts";
import { createMemoryOutbox } from "./storage/outbox-memory.ts";
import { roomOutbox } from "./storage/room-outbox.ts";
import { roomCacheWriter } from "./storage/room-cache-writer.ts";
import { noSendLock } from "./storage/send-lock.ts";
import { SessionRunner } from "./session-runner.ts";
import type { HistoryPage } from "./session/shared/effect.ts";
import { newSession } from "./session/state.ts";
import { openWebSocket } from "./transports/websocket.ts";
import { pageWakeUps } from "./wake-ups.ts";

/** One's place in a room: connected again and again until it is ended. */
export interface RoomClient {
  /**
   * Listens. A new listener is told first how things stand: status, people, the window, typing,
   * outgoing. Events are told one frame at a time, as they come.
   * @returns stops listening
   */
  subscribe(listener: (event: RoomEvent) => void): () => void;
  /**
   * Says something, connected or not: it is stored before it is sent, and sent once, in the order of
   * writing (SPEC D5). What the server refuses stays in `outgoing` as failed.
   * @returns the entry's id
   */
  say(message: string, options?: { readonly replyTo?: string }): string;
  /** Replaces the text of one's own message; in order with what is said. */
  edit(target: string, message: string): string;
  /** Takes back one's own message. */
  remove(target: string): string;
  /** Adds a reaction to a message, or takes it back; `❤` and `❤️` are the same one. */
  react(target: string, emoji: string, on: boolean): string;
  /**
   * Gives a setting of the room a value, or removes it by null; in order with what is said.
   * @param options `expect`: only if this is the `seq` of its present entry, 0 for none (`stale`)
   */
  set(key: string, value: unknown, options?: { readonly expect?: number }): string;
  /** Sends a failed one again, under the same id and in its old place. */
  retry(id: string): void;
  /** Forgets a failed or queued one. */
  discard(id: string): void;
  /**
   * Gives a chat another text under the same id, as long as the server certainly does not have it:
   * never sent, or refused. A refused one goes again. Any other is left as it is (SPEC D3).
   */
  amend(id: string, message: string): void;
  /** Tells the others that one types, or stops: at most one frame every 2 s, however often called. */
  typing(on: boolean): void;
  /** Asks for another name; while away, the next join does. */
  rename(name: string): void;
  /**
   * A page of the log's last entries before a `seq`, at most 200. Rejects with a
   * {@link RefusedError}, also where there is no connection or it goes.
   */
  history(before: number, limit?: number): Promise<HistoryPage>;
  /** Connects at once where it waits, was refused or is over; tests the connection where it is live. */
  reconnect(): void;
  /** Leaves the room: off the list at once (SPEC P4). */
  leave(): void;
  /** Only this socket goes; the person stays for a while (SPEC P1, P4). Fit for `pagehide`. */
  close(): void;
  /** The last `seq` of the log that is known of, brought or not; undefined where one is not joined. */
  readonly head: number | undefined;
  /** How to come back as oneself (SPEC P2); known after the first join. */
  readonly token: string | undefined;
}

/**
 * Enters a room and stays in it: starts connecting at once, and comes back after every drop until
 * it is ended or turned away.
 */
export function createRoomClient(options: RoomClientOptions): RoomClient {
  const { url, clock = systemClock, random = Math.random, name, token } = options;
  const { outbox = createMemoryOutbox(), sendLock = noSendLock, cache } = options;
  const { openTransport = openWebSocket } = options;
  const roomId = options.roomId.toLowerCase();
  const log = { is: cache ? "restoring" : "empty" } as const;
  const runner = new SessionRunner(newSession(roomId, { name, token }, log, clock.now()), {
    clock,
    random,
    roomId,
    outbox: roomOutbox(outbox, roomId, clock),
    sendLock,
    cache: cache && roomCacheWriter(cache, roomId, clock),
    openTransport: () => openTransport(url),
    wakeUps: options.wakeUps ?? pageWakeUps,
  });
  const write = (frameOf: (id: string) => OutgoingFrame): string => {
    const id = generateEntryId();
    runner.dispatch({ type: "write", id, frame: frameOf(id) });
    return id;
  };
  return {
    subscribe: (listener) => runner.subscribe(listener),
    say: (message, replying = {}) =>
      write((id) => ({ type: "chat", payload: { message, id, ...replying } })),
    edit: (target, message) => write((id) => ({ type: "edit", payload: { target, message, id } })),
    remove: (target) => write((id) => ({ type: "delete", payload: { target, id } })),
    react: (target, emoji, on) =>
      write((id) => ({
        type: "react",
        payload: { target, emoji: canonicalEmoji(emoji), on, id },
      })),
    set: (key, value, options = {}) =>
      write((id) => ({ type: "set", payload: { key, value, id, ...options } })),
    retry: (id) => runner.dispatch({ type: "retry", id }),
    discard: (id) => runner.dispatch({ type: "discard", id }),
    amend: (id, message) => runner.dispatch({ type: "amend", id, message }),
    typing: (on) => runner.dispatch({ type: "typing", on }),
    rename: (newName) => runner.dispatch({ type: "rename", name: newName, ref: generateEntryId() }),
    history: (before, limit = JOIN_MESSAGES) =>
      runner.history(before, Math.min(PAGE_ENTRIES_MAX, Math.max(1, limit))),
    reconnect: () => runner.dispatch({ type: "connect" }),
    leave: () => runner.dispatch({ type: "end", how: "left" }),
    close: () => runner.dispatch({ type: "end", how: "lost" }),
    get head() {
      const { connection, log } = runner.session;
      return connection.is === "joined" && log.is === "shown" ? log.cursor.known : undefined;
    },
    get token() {
      return runner.session.identity.token;
    },
  };
}
