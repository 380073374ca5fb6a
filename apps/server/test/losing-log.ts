import type { EntryFrame } from "@parley/protocol";
import type { RoomLog } from "../src/log/log.ts";
import { MemoryLog } from "../src/backends/memory/log.ts";

interface Follower {
  readonly roomId: string;
  readonly onEntry: (entry: EntryFrame) => void;
  readonly onReset: (() => void) | undefined;
}

/** A log that can lose everything and become another one, like a store of many servers. */
export class LosingLog implements RoomLog {
  readonly #followers = new Set<Follower>();
  #log = new MemoryLog();

  /** All entries are gone; everybody who follows is told. */
  lose(): void {
    this.#log = new MemoryLog();
    for (const follower of this.#followers) {
      this.#attach(follower);
      follower.onReset?.();
    }
  }

  append: RoomLog["append"] = (...call) => this.#log.append(...call);
  read: RoomLog["read"] = (roomId, range) => this.#log.read(roomId, range);
  find: RoomLog["find"] = (...call) => this.#log.find(...call);
  follow: RoomLog["follow"] = async (roomId, onEntry, onReset) => {
    const follower = { roomId, onEntry, onReset };
    this.#followers.add(follower);
    this.#attach(follower);
    return () => {
      this.#followers.delete(follower);
    };
  };

  #attach(follower: Follower): void {
    void this.#log.follow(follower.roomId, (entry) => {
      if (this.#followers.has(follower)) follower.onEntry(entry);
    });
  }
}
