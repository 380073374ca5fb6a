import type { ChannelListener, Channels } from "./channels.ts";
import { channelOf } from "./connection.ts";
import { bellNewsOf } from "./entries.ts";

interface BellsOfRoom {
  /** By the member whose bell it is. */
  readonly listeners: Map<string, ChannelListener>;
  readonly listening: Promise<() => void>;
}

/** The news of bells. It comes over the channels of their rooms; each listener gets only its own. */
export class BellNews {
  readonly #rooms = new Map<string, BellsOfRoom>();
  readonly #channels: Channels;

  constructor(channels: Channels) {
    this.#channels = channels;
  }

  /**
   * Listens to the news of a member's bell, for one listener. Throws LogUnavailable, and then does
   * not.
   * @returns stops it
   */
  async listen(roomId: string, memberId: string, listener: ChannelListener): Promise<() => void> {
    const room = this.#rooms.get(roomId) ?? this.#open(roomId);
    room.listeners.set(memberId, listener);
    const stop = () => {
      if (room.listeners.get(memberId) === listener) room.listeners.delete(memberId);
      if (room.listeners.size === 0) this.#close(roomId, room);
    };
    try {
      await room.listening;
      return stop;
    } catch (error) {
      stop();
      throw error;
    }
  }

  #open(roomId: string): BellsOfRoom {
    const listeners = new Map<string, ChannelListener>();
    const listening = this.#channels.listen(channelOf(roomId), {
      message(text) {
        const told = bellNewsOf(text);
        if (told) listeners.get(told.memberId)?.message(told.news);
      },
      renewed() {
        for (const listener of listeners.values()) listener.renewed();
      },
    });
    const room = { listeners, listening };
    this.#rooms.set(roomId, room);
    return room;
  }

  #close(roomId: string, room: BellsOfRoom): void {
    if (this.#rooms.get(roomId) !== room) return;
    this.#rooms.delete(roomId);
    room.listening.then(
      (stop) => stop(),
      () => {}, // Everybody who listened was told why; nothing listens then.
    );
  }
}
