import { randomUUID } from "node:crypto";
import type { EntryFrame } from "@parley/protocol";
import { Followers } from "./followers.ts";
import {
  numbered,
  saysTheSame,
  type Appended,
  type Draft,
  type Page,
  type Range,
  type RoomLog,
  type Target,
} from "./log.ts";

interface MemoryRoom {
  head: number;
  /** Without holes, up to `head`. */
  readonly entries: EntryFrame[];
  readonly byAuthorAndId: Map<string, EntryFrame>;
  /** Oldest first. */
  readonly byId: Map<string, EntryFrame[]>;
}

/** A log in the memory of this process: nothing outlives it. For tests, and to try things out. */
export class MemoryLog implements RoomLog {
  readonly #epoch = randomUUID();
  readonly #rooms = new Map<string, MemoryRoom>();
  readonly #followers = new Followers();
  readonly #historyLimit: number;

  /** @param historyLimit how many entries a room keeps; older ones are trimmed */
  constructor(historyLimit = Infinity) {
    this.#historyLimit = historyLimit;
  }

  async append(roomId: string, draft: Draft): Promise<Appended> {
    const room = this.#rooms.get(roomId) ?? emptyRoom();
    this.#rooms.set(roomId, room);
    const key = keyOf(draft);
    const earlier = room.byAuthorAndId.get(key);
    if (earlier) {
      return saysTheSame(earlier, draft) ? { is: "repeat", entry: earlier } : { is: "conflict" };
    }
    const entry = numbered(draft, room.head + 1);
    this.#store(roomId, room, key, entry);
    return { is: "new", entry };
  }

  async read(roomId: string, range: Range): Promise<Page> {
    const { head, entries } = this.#rooms.get(roomId) ?? emptyRoom();
    const first = head - entries.length + 1;
    return { epoch: this.#epoch, head, first, entries: slice(entries, first, range) };
  }

  async find(roomId: string, { id, author, ofAnyKind }: Target): Promise<EntryFrame | undefined> {
    return this.#rooms
      .get(roomId)
      ?.byId.get(id)
      ?.find(
        (entry) =>
          (ofAnyKind === true || entry.type === "chat") &&
          (author === undefined || entry.payload.from.id === author),
      );
  }

  async follow(roomId: string, onEntry: (entry: EntryFrame) => void): Promise<() => void> {
    return this.#followers.add(roomId, onEntry);
  }

  #store(roomId: string, room: MemoryRoom, key: string, entry: EntryFrame): void {
    room.head = entry.payload.seq;
    room.entries.push(entry);
    room.byAuthorAndId.set(key, entry);
    room.byId.set(entry.payload.id, [...(room.byId.get(entry.payload.id) ?? []), entry]);
    if (room.entries.length > this.#historyLimit) dropOldest(room);
    this.#followers.tell(roomId, entry);
  }
}

function dropOldest({ entries, byAuthorAndId, byId }: MemoryRoom): void {
  const oldest = entries.shift();
  if (!oldest) return;
  byAuthorAndId.delete(keyOf(oldest));
  const { id } = oldest.payload;
  const left = byId.get(id)?.filter((entry) => entry !== oldest) ?? [];
  if (left.length > 0) byId.set(id, left);
  else byId.delete(id);
}

function emptyRoom(): MemoryRoom {
  return { head: 0, entries: [], byAuthorAndId: new Map(), byId: new Map() };
}

function keyOf({ payload }: Draft): string {
  return `${payload.from.id} ${payload.id}`;
}

function slice(entries: readonly EntryFrame[], first: number, range: Range): EntryFrame[] {
  if ("after" in range) {
    const from = Math.max(0, range.after - first + 1);
    return entries.slice(from, from + range.limit);
  }
  const last = "before" in range ? range.before - first : entries.length;
  const to = Math.min(Math.max(0, last), entries.length);
  return entries.slice(Math.max(0, to - range.limit), to);
}
