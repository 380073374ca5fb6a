import type { EntryFrame } from "@parley/protocol";

/** Who is told of a room's entries. */
export class Followers {
  readonly #byRoom = new Map<string, Set<(entry: EntryFrame) => void>>();

  /** @returns stops it */
  add(roomId: string, onEntry: (entry: EntryFrame) => void): () => void {
    const followers = this.#byRoom.get(roomId) ?? new Set();
    this.#byRoom.set(roomId, followers.add(onEntry));
    return () => {
      followers.delete(onEntry);
      if (followers.size === 0 && this.#byRoom.get(roomId) === followers) {
        this.#byRoom.delete(roomId);
      }
    };
  }

  tell(roomId: string, entry: EntryFrame): void {
    const followers = this.#byRoom.get(roomId);
    if (followers) for (const onEntry of followers) onEntry(entry);
  }
}
