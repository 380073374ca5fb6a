import {
  canonicalEmoji,
  generateEntryId,
  JOIN_MESSAGES,
  PAGE_ENTRIES_MAX,
  withShard,
  type EntryRequest,
  type FileInfo,
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

/** A client in one room. It reconnects until it is ended. */
export interface RoomClient {
  /**
   * Subscribes to events. A new listener gets the current state first: status, people, the window,
   * typing, pending. If a listener throws, the error is reported and the others are still called.
   * @returns unsubscribes; may be called twice
   */
  subscribe(listener: (event: RoomEvent) => void): () => void;
  /**
   * Sends a message, connected or not: it is stored before it is sent, and sent once, in the order
   * of writing (SPEC D5). A message that the server refuses for good stays in the `pending` event
   * as failed, for example an empty text, one that is too long, or a reply to an unknown message.
   * @param message the text as it was typed
   * @param options `replyTo`: the id of the message that it replies to; `files`: at most 10 files,
   * which are uploaded first. What is written meanwhile may be sent before it (SPEC B3)
   * @returns the message's id
   */
  say(
    message: string,
    options?: { readonly replyTo?: string; readonly files?: readonly FileInfo[] },
  ): string;
  /**
   * Replaces the text of one's own message, in order with other entries.
   * @param target the message's id
   * @returns the id of this entry
   */
  edit(target: string, message: string): string;
  /**
   * Deletes one's own message, in order with other entries.
   * @param target the message's id
   * @returns the id of this entry
   */
  delete(target: string): string;
  /**
   * Adds or removes a reaction to a message; `❤` and `❤️` are the same reaction.
   * @param target the message's id
   * @returns the id of this entry
   */
  react(target: string, emoji: string, on: boolean): string;
  /**
   * Sets a setting of the room, or removes it with null; in order with other entries.
   * @param options `expect`: only if this is the `seq` of the setting's present entry, 0 for none
   * (`stale`)
   * @returns the id of this entry
   */
  set(key: string, value: unknown, options?: { readonly expect?: number }): string;
  /**
   * Adds an entry of any kind, in order with other entries. The methods above call it.
   * @param request gets a new `id`
   * @returns the id of this entry
   */
  write(request: EntryRequest): string;
  /** Sends a failed entry again, under the same id and in its old place. Ignores any other id. */
  retry(id: string): void;
  /**
   * Drops a failed or queued entry. Ignores any other id, also that of an entry that is being sent.
   * If the server may have it, as a message, its deletion is sent, which fails with
   * `unknown_target` if the server does not have it.
   */
  discard(id: string): void;
  /**
   * Changes the text of a pending message under the same id, if the server certainly does not have
   * it: never sent, or refused. A refused one is sent again. Ignores any other id (SPEC D3).
   */
  amend(id: string, message: string): void;
  /**
   * Reports that one is typing, or stopped: at most one frame every 2 s, however often it is
   * called.
   */
  typing(on: boolean): void;
  /**
   * Asks for another name; outside the room, the next join asks. The answer is a `people` event or
   * a `refused` event.
   */
  rename(name: string): void;
  /**
   * Reads a page of the log: the last entries before a `seq`.
   * @param limit how many entries, clamped to 1 to 200
   * @throws RefusedError if the server refuses, or without a connection, or if it is lost meanwhile
   */
  history(before: number, limit?: number): Promise<HistoryPage>;
  /** Connects now, after a wait, a refusal or the end; checks the connection if it is live. */
  reconnect(): void;
  /** Leaves the room: off the list of members at once (SPEC P4). */
  leave(): void;
  /** Closes only this connection; the member stays for a while (SPEC P1, P4). */
  close(): void;
  /** The last known `seq` of the log, shown or not; undefined before the join. */
  readonly head: number | undefined;
  /** Lets the next visit join as the same member (SPEC P2); known after the first join. */
  readonly token: string | undefined;
}

/**
 * Joins a room: starts connecting at once, and reconnects after every drop until the client is
 * ended or the server refuses the join for good.
 * @throws SyntaxError if `options.url` is not a WebSocket address
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
    files: options.files,
    cache: cache && roomCacheWriter(cache, roomId, clock),
    openTransport: () => openTransport(withShard(url, roomId)),
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
    say: (message, { files, ...replying } = {}) =>
      write({
        type: "chat",
        payload: { message, ...replying, ...(files && { files: [...files] }) },
      }),
    edit: (target, message) => write({ type: "edit", payload: { target, message } }),
    delete: (target) => write({ type: "delete", payload: { target } }),
    react: (target, emoji, on) =>
      write({ type: "react", payload: { target, emoji: canonicalEmoji(emoji), on } }),
    set: (key, value, options) => write({ type: "set", payload: { key, value, ...options } }),
    write,
    retry: (id) => runner.dispatch({ type: "retry", id }),
    discard: (id) => runner.dispatch({ type: "discard", id, deletionId: generateEntryId() }),
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
