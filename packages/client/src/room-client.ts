import {
  canonicalEmoji,
  generateEntryId,
  JOIN_MESSAGES,
  PAGE_ENTRIES_MAX,
  type EntryRequest,
} from "@parley/protocol";
import { systemClock } from "./clock.ts";
import type { RoomEvent } from "./events.ts";
import type { RoomClientOptions } from "./options.ts";
import { createMemoryOutbox } from "./storage/outbox-memory.ts";
import { roomOutbox } from "./storage/room-outbox.ts";
import { roomCacheWriter } from "./storage/room-cache-writer.ts";
import { noSendLock } from "./storage/send-lock.ts";
import { SessionRunner } from "./session-runner.ts";
import type { HistoryPage } from "./session/machine/effect.ts";
import { newSession } from "./session/state.ts";
import { openWebSocket } from "./transports/websocket.ts";
import { pageWakeUps } from "./wake-ups.ts";

/** A membership of one room, which reconnects until it is ended. */
export interface RoomClient {
  /**
   * Listens to events. A new listener is told the current state first: status, people, the window,
   * typing, pending. An error of a listener is reported, and the other listeners hear the event.
   * @returns stops listening; may be called twice
   */
  subscribe(listener: (event: RoomEvent) => void): () => void;
  /**
   * Sends a message, connected or not: it is stored before it is sent, and sent once, in the order of
   * writing (SPEC D5). What the server refuses for good stays in the `pending` event as failed: an
   * empty text, one that is too long, a reply to an unknown message.
   * @param message the text, as it is typed
   * @param options `replyTo`: the id of the message that it answers
   * @returns the message's id
   */
  say(message: string, options?: { readonly replyTo?: string }): string;
  /**
   * Replaces the text of one's own message, in order with what is said.
   * @param target the message's id
   * @returns the id of this entry
   */
  edit(target: string, message: string): string;
  /**
   * Deletes one's own message, in order with what is said.
   * @param target the message's id
   * @returns the id of this entry
   */
  delete(target: string): string;
  /**
   * Adds a reaction to a message, or removes it; `❤` and `❤️` are the same one.
   * @param target the message's id
   * @returns the id of this entry
   */
  react(target: string, emoji: string, on: boolean): string;
  /**
   * Gives a setting of the room a value, or removes it by null; in order with what is said.
   * @param options `expect`: only if this is the `seq` of its present entry, 0 for none (`stale`)
   */
  set(key: string, value: unknown, options?: { readonly expect?: number }): string;
  /**
   * Adds an entry of any kind, in order with what is said. The methods above are short for it.
   * @param request gets a new `id`
   * @returns the id of this entry
   */
  write(request: EntryRequest): string;
  /** Sends a failed entry again, under the same id and in its old place; ignores any other id. */
  retry(id: string): void;
  /** Forgets a failed or queued entry; ignores any other id, also of one that is being sent. */
  discard(id: string): void;
  /**
   * Gives a pending message another text under the same id, as long as the server certainly does not
   * have it: never sent, or refused. A refused one goes again. Ignores any other id (SPEC D3).
   */
  amend(id: string, message: string): void;
  /** Tells the others that one types, or stops: at most one frame every 2 s, however often called. */
  typing(on: boolean): void;
  /**
   * Asks for another name; outside the room, the next join does. The answer is a `people` event, or
   * a `refused` event.
   */
  rename(name: string): void;
  /**
   * Reads a page of the log: its last entries before a `seq`.
   * @param limit entries, from 1 to 200; others are taken as the nearest of these
   * @throws RefusedError if the server refuses, or there is no connection, or it is lost meanwhile
   */
  history(before: number, limit?: number): Promise<HistoryPage>;
  /** Connects now if it waits, was refused or is over; probes the connection if it is live. */
  reconnect(): void;
  /** Leaves the room: off the list at once (SPEC P4). */
  leave(): void;
  /** Closes this connection only; the member stays for a while (SPEC P1, P4). Fit for `pagehide`. */
  close(): void;
  /** The last `seq` of the log that is known of, brought or not; undefined where one is not joined. */
  readonly head: number | undefined;
  /** Proves who one is on the next visit (SPEC P2); known after the first join. */
  readonly token: string | undefined;
}

/**
 * Joins a room: starts connecting at once, and reconnects after every drop until the client is
 * ended or the server refuses the join for good.
 * @throws SyntaxError if `options.url` is no WebSocket address
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
  const write = ({ type, payload }: EntryRequest): string => {
    const id = generateEntryId();
    const frame = { type, payload: { ...payload, id } } as EntryRequest;
    runner.dispatch({ type: "write", id, frame });
    return id;
  };
  return {
    subscribe: (listener) => runner.subscribe(listener),
    say: (message, replying) => write({ type: "chat", payload: { message, ...replying } }),
    edit: (target, message) => write({ type: "edit", payload: { target, message } }),
    delete: (target) => write({ type: "delete", payload: { target } }),
    react: (target, emoji, on) =>
      write({ type: "react", payload: { target, emoji: canonicalEmoji(emoji), on } }),
    set: (key, value, options) => write({ type: "set", payload: { key, value, ...options } }),
    write,
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
