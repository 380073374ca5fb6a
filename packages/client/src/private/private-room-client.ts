import type { Member, RangFrame, Since } from "@parley/protocol";
import type { RoomClientOptions } from "../options.ts";
import { createRoomClient, type RoomClient } from "../room-client.ts";
import { openWebSocket } from "../transports/websocket.ts";
import { createConversationClients, type ConversationOptions } from "./conversation-clients.ts";
import { createRoomTap } from "./room-tap.ts";

/** A member who wrote to this one, according to the bell. */
export interface Writer {
  /** With the name that they had when they last wrote. */
  readonly member: Member;
  /** How many of their messages rang, as far as this client knows. */
  readonly messages: number;
  /** When the last one rang, in ms since 1970. */
  readonly at: number;
}

export interface PrivateRoomClientOptions extends RoomClientOptions {
  /** The end of an earlier visit's copy of the bell. */
  readonly bellSince?: Since;
}

/** A client in one room that also has private conversations in it. */
export interface PrivateRoomClient extends RoomClient {
  /**
   * The conversation with a member: a client like that of a room, over the same connection, with an
   * outbox, a cache and a send lock of its own. Two calls for one member give the same client. Its
   * `rename` renames in the room.
   */
  with(memberId: string, options?: ConversationOptions): RoomClient;
  /**
   * Subscribes to who wrote, the last one first. A new listener gets what is known.
   * @returns unsubscribes
   */
  subscribeWriters(listener: (writers: readonly Writer[]) => void): () => void;
  /** The end of the copy of the bell, for the next visit. */
  readonly bellSince: Since | undefined;
}

/** Joins a room as `createRoomClient` does, and asks for the member's bell. */
export function createPrivateRoomClient(options: PrivateRoomClientOptions): PrivateRoomClient {
  const { openTransport = openWebSocket, bellSince, ...rest } = options;
  const listeners = new Set<(writers: readonly Writer[]) => void>();
  let writers: readonly Writer[] = [];
  let since = bellSince;

  const hear = ({ seq, id, at, from, to }: RangFrame["payload"]) => {
    if (since) since = { ...since, seq, id };
    // This member wrote it.
    if (to !== undefined) return;
    const before = writers.find(({ member }) => member.id === from.id);
    const others = writers.filter((writer) => writer !== before);
    writers = [{ member: from, messages: (before?.messages ?? 0) + 1, at }, ...others];
  };
  const tell = () => {
    for (const listener of listeners) listener(writers);
  };
  const tap = createRoomTap(() => since);
  const clients = createConversationClients(rest, tap, {
    bell({ epoch, recovered, head, entries }) {
      if (!recovered) writers = [];
      if (!recovered || !since) since = { epoch, seq: entries.length > 0 ? 0 : head };
      for (const { payload } of entries) hear(payload);
      tell();
    },
    rang(ring) {
      hear(ring);
      tell();
    },
    rename: (name) => client.rename(name),
  });
  const client = createRoomClient({
    ...rest,
    openTransport: (url) => tap.tap(openTransport(url)),
  });
  const extras: Omit<PrivateRoomClient, keyof RoomClient | "bellSince"> = {
    with: (memberId, via) => clients.with(memberId, via),
    subscribeWriters(listener) {
      listeners.add(listener);
      listener(writers);
      return () => void listeners.delete(listener);
    },
  };
  return Object.defineProperty(Object.assign(client, extras), "bellSince", {
    get: () => since,
  }) as PrivateRoomClient;
}
