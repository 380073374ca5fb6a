import { randomUUID } from "node:crypto";
import { isMessage, withEntry, type EntryFrame, type Settings } from "@parley/protocol";
import { Followers } from "../../log/followers.ts";
import {
  numbered,
  saysTheSame,
  type Appended,
  type Draft,
  type Page,
  type Range,
  type RoomLog,
  type Target,
} from "../../log/log.ts";
import { settingRefusal, settingsFrom, takesBack } from "../../log/settings.ts";

interface MemoryRoom {
  head: number;
  /** Without holes, up to `head`. */
  readonly entries: EntryFrame[];
  readonly byId: EntriesById;
  settings: Settings;
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
    const room = this.#rooms.get(roomId) ?? this.#create(roomId);
    const earlier = room.byId.get(draft.payload.id, draft.payload.from.id);
    if (earlier) {
      return saysTheSame(earlier, draft) ? { is: "repeat", entry: earlier } : { is: "conflict" };
    }
    const refused = refusalOf(room, draft);
    if (refused) return refused;
    const entry = numbered(draft, room.head + 1);
    this.#store(roomId, room, entry);
    return { is: "new", entry };
  }

  async read(roomId: string, range: Range): Promise<Page> {
    const { head, entries, settings } = this.#rooms.get(roomId) ?? emptyRoom();
    const first = head - entries.length + 1;
    const page = { epoch: this.#epoch, head, first, entries: slice(entries, first, range) };
    return range.withSettings
      ? { ...page, settings: settingsFrom(settings.values(), first) }
      : page;
  }

  async find(roomId: string, { id, author, ofAnyKind }: Target): Promise<EntryFrame | undefined> {
    for (const entry of this.#rooms.get(roomId)?.byId.all(id) ?? []) {
      const isMeant = author === undefined || entry.payload.from.id === author;
      if (isMeant && (ofAnyKind === true || isMessage(entry))) return entry;
    }
    return undefined;
  }

  async follow(roomId: string, onEntry: (entry: EntryFrame) => void): Promise<() => void> {
    return this.#followers.add(roomId, onEntry);
  }

  #create(roomId: string): MemoryRoom {
    const room = emptyRoom();
    this.#rooms.set(roomId, room);
    return room;
  }

  #store(roomId: string, room: MemoryRoom, entry: EntryFrame): void {
    room.head = entry.payload.seq;
    room.entries.push(entry);
    room.byId.add(entry);
    room.settings = withEntry(room.settings, entry);
    if (room.entries.length > this.#historyLimit) dropOldest(room);
    this.#followers.tell(roomId, entry);
  }
}

/** Entries by their id. Almost every id is of one author alone: then the entry stands there itself. */
class EntriesById {
  /** If several have an id, by author, the oldest first. */
  readonly #byId = new Map<string, EntryFrame | Map<string, EntryFrame>>();

  get(id: string, author: string): EntryFrame | undefined {
    const found = this.#byId.get(id);
    if (found instanceof Map) return found.get(author);
    return found?.payload.from.id === author ? found : undefined;
  }

  /** All that have an id, oldest first. */
  all(id: string): Iterable<EntryFrame> {
    const found = this.#byId.get(id);
    if (found instanceof Map) return found.values();
    return found ? [found] : [];
  }

  /** Adds one whose author has no other of this id. */
  add(entry: EntryFrame): void {
    const { id, from } = entry.payload;
    const found = this.#byId.get(id);
    if (!found) this.#byId.set(id, entry);
    else if (found instanceof Map) found.set(from.id, entry);
    else {
      const both = [found, entry].map((each) => [each.payload.from.id, each] as const);
      this.#byId.set(id, new Map(both));
    }
  }

  delete({ payload: { id, from } }: EntryFrame): void {
    const found = this.#byId.get(id);
    if (found instanceof Map && found.size > 1) found.delete(from.id);
    else this.#byId.delete(id);
  }
}

function dropOldest({ entries, byId }: MemoryRoom): void {
  const oldest = entries.shift();
  if (oldest) byId.delete(oldest);
}

function emptyRoom(): MemoryRoom {
  return { head: 0, entries: [], byId: new EntriesById(), settings: new Map() };
}

function refusalOf({ head, entries, settings }: MemoryRoom, draft: Draft) {
  const first = head - entries.length + 1;
  const held = settingsFrom(settings.values(), first).map((set) => [set.payload.key, set] as const);
  return settingRefusal(draft, new Map(held), (seq) => {
    const entry = entries[seq - first];
    return (
      entry !== undefined && isMessage(entry) && !entries.some((later) => takesBack(later, seq))
    );
  });
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
