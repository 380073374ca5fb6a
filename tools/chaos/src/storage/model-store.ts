import type { EntryFrame } from "@parley/protocol";
import { numbered, saysTheSame, type Appended, type Draft, type Range } from "@parley/server/log";

interface ModelRoom {
  readonly head: number;
  readonly first: number;
  readonly entries: readonly EntryFrame[];
}

const emptyRoom: ModelRoom = { head: 0, first: 1, entries: [] };

/** The parts of a page that the model knows: all but the epoch, which is random. */
export function roomOf({ head, first, entries }: ModelRoom): ModelRoom {
  return { head, first, entries };
}

/** The simplest model of a store of rooms: an immutable value. */
export class ModelStore {
  readonly #rooms: ReadonlyMap<string, ModelRoom>;

  constructor(rooms: ReadonlyMap<string, ModelRoom> = new Map()) {
    this.#rooms = rooms;
  }

  /** The store with the draft at the end of its room; unchanged if the id is stored already. */
  append(
    roomId: string,
    draft: Draft,
  ): { readonly store: ModelStore; readonly appended: Appended } {
    const { head, first, entries } = this.#room(roomId);
    const { id, from } = draft.payload;
    const earlier = entries.find(({ payload }) => payload.id === id && payload.from.id === from.id);
    if (earlier) {
      const isSame = saysTheSame(earlier, draft);
      const appended = isSame
        ? ({ is: "repeat", entry: earlier } as const)
        : { is: "conflict" as const };
      return { store: this, appended };
    }
    const entry = numbered(draft, head + 1);
    const room = { head: head + 1, first, entries: [...entries, entry] };
    return { store: this.#with(roomId, room), appended: { is: "new", entry } };
  }

  read(roomId: string, range: Range): ModelRoom {
    const room = this.#room(roomId);
    const chosen = room.entries.filter(({ payload: { seq } }) => {
      if ("after" in range) return seq > range.after;
      return "before" in range ? seq < range.before : true;
    });
    const { limit } = range;
    const entries = "after" in range ? chosen.slice(0, limit) : chosen.slice(-limit || Infinity);
    return { ...room, entries };
  }

  /** The first chat with this id, of this author if one is given. */
  find(roomId: string, id: string, author: string | undefined): EntryFrame | undefined {
    return this.#room(roomId).entries.find(
      ({ type, payload }) =>
        type === "chat" && payload.id === id && (author ?? payload.from.id) === payload.from.id,
    );
  }

  /**
   * The store without the oldest entries of a room: those beyond `keep` and those before `since`.
   */
  trim(
    roomId: string,
    keep: number,
    since: number,
    limit: number,
  ): { readonly store: ModelStore; readonly gone: number } {
    const room = this.#room(roomId);
    const surplus = room.entries.length - keep;
    let gone = 0;
    for (const { payload } of room.entries.slice(0, limit)) {
      if (gone >= surplus && payload.at >= since) break;
      gone += 1;
    }
    const trimmed = { ...room, first: room.first + gone, entries: room.entries.slice(gone) };
    return { store: this.#with(roomId, trimmed), gone };
  }

  #room(roomId: string): ModelRoom {
    return this.#rooms.get(roomId) ?? emptyRoom;
  }

  #with(roomId: string, room: ModelRoom): ModelStore {
    return new ModelStore(new Map(this.#rooms).set(roomId, room));
  }
}
