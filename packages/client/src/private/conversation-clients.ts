import type { Bell, RangFrame } from "@parley/protocol";
import type { FileUploads } from "../files/file-uploads.ts";
import type { RoomClientOptions } from "../options.ts";
import { createRoomClient, type RoomClient } from "../room-client.ts";
import { PrivateLine } from "./private-line.ts";
import type { RoomTap } from "./room-tap.ts";

export interface ConversationOptions {
  /** The id of an entry of theirs, for somebody who is not in the room. */
  readonly via?: string | undefined;
  /**
   * Whether the other member was in the room before. A server that does not know such a member is
   * asked again until they are back; any other is refused for good. By default, once the
   * conversation was open.
   */
  readonly wasHere?: () => boolean;
  /** Uploads the files of its messages. */
  readonly files?: FileUploads;
}

/** The clients of the conversations in one room, over the room's own connection. */
export interface ConversationClients {
  /**
   * The conversation with a member: a client like that of a room, with an outbox, a cache and a send
   * lock of its own. Two calls for one member give the same client until it is closed.
   */
  with(memberId: string, options?: ConversationOptions): RoomClient;
  /** Closes a conversation; the next `with` opens it again. */
  close(memberId: string): void;
}

/** The room, as its conversations need it. */
export interface ConversationEvents {
  /** What rang since the end of the copy, or the last rings; at every join. */
  bell(bell: Bell): void;
  rang(ring: RangFrame["payload"]): void;
  /** Another name was asked for in a conversation. A member has one name in the whole room. */
  rename(name: string): void;
}

/**
 * Opens conversations over the connections that a tap sees.
 * @param options those of the room's client
 */
export function createConversationClients(
  { name: _name, token: _token, files: _files, ...options }: RoomClientOptions,
  tap: RoomTap,
  events: ConversationEvents,
): ConversationClients {
  const open = new Map<
    string,
    { readonly client: RoomClient; readonly state: { isWaiting: boolean } }
  >();
  const line = new PrivateLine(tap, {
    bell: (heard) => events.bell(heard),
    rang: (ring) => events.rang(ring),
    up() {
      // The conversation waited for the room.
      for (const { client, state } of open.values()) if (state.isWaiting) client.reconnect();
    },
  });
  line.open();
  return {
    with(memberId, { via, wasHere = () => false, files } = {}) {
      const known = open.get(memberId);
      if (known) return known.client;
      const state = { isWaiting: false, wasOpen: false };
      const own = createRoomClient({
        ...options,
        ...(files && { files }),
        roomId: `${options.roomId}/${memberId}`,
        openTransport: () =>
          line.transportTo({ memberId, via, wasHere: () => state.wasOpen || wasHere() }),
      });
      const client = Object.assign(own, { rename: (name: string) => events.rename(name) });
      open.set(memberId, { client, state });
      client.subscribe((event) => {
        if (event.type !== "status") return;
        state.isWaiting = event.status.is === "waiting";
        state.wasOpen ||= event.status.is === "joined";
      });
      return client;
    },
    close(memberId) {
      open.get(memberId)?.client.close();
      open.delete(memberId);
    },
  };
}
