import type { EntryFrame } from "@parley/protocol";

interface Follower {
  readonly onEntry: (entry: EntryFrame) => void;
  readonly onReset: (() => void) | undefined;
}

/** Who is told of a room's entries. */
export class Followers {
  readonly #byRoom = new Map<string, Set<Follower>>();

  /** @returns stops it */
  add(roomId: string, onEntry: Follower["onEntry"], onReset?: Follower["onReset"]): () => void {
    const followers = this.#byRoom.get(roomId) ?? new Set();
    const follower = { onEntry, onReset };
    this.#byRoom.set(roomId, followers.add(follower));
    return () => {
      followers.delete(follower);
      if (followers.size === 0 && this.#byRoom.get(roomId) === followers) {
        this.#byRoom.delete(roomId);
      }
    };
  }

  tell(roomId: string, entry: EntryFrame): void {
    const followers = this.#byRoom.get(roomId);
    if (followers) for (const { onEntry } of followers) onEntry(entry);
  }

  /** The room's log is another one from now on. */
  reset(roomId: string): void {
    const followers = this.#byRoom.get(roomId);
    if (followers) for (const { onReset } of followers) onReset?.();
  }
}
