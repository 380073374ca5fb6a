import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { isMessage, type EntryFrame, type SetFrame } from "@parley/protocol";
import {
  numbered,
  saysTheSame,
  type Draft,
  type Page,
  type Range,
  type SettingRefused,
  type Target,
} from "../../log/log.ts";
import { settingRefusal, settingsFrom, takesBack } from "../../log/settings.ts";
import { RoomAges } from "./aging.ts";
import { DAMAGED_AUTHOR, KnownDamage, type DamageFinding } from "./damage.ts";
import { entryOf, rowOf, soundEntryOf, type EntryRow } from "./entry-row.ts";
import { WRITE_BUFFER_LIMITS, WriteBuffer, type WriteBufferLimits } from "./write-buffer.ts";
import { RoomLengths } from "./lengths.ts";
import type { Ownership } from "./ownership.ts";
import { RoomRows, type RoomRow } from "./rooms.ts";
import { EntryTable } from "./entry-table.ts";
import { SettingRows } from "./settings.ts";
import { reachDown, reachUp, spanOf, stayingIn, type ReachedSpan, type Span } from "./span.ts";
import { ShelfRows } from "./shelf.ts";
import { Transactions } from "./transactions.ts";

/** What became of a draft: the `seq` that it got, or the entry that was there before. */
export type Stored =
  | { readonly is: "new"; readonly seq: number }
  | { readonly is: "repeat"; readonly entry: EntryFrame }
  | { readonly is: "conflict" }
  | { readonly is: "full" }
  | SettingRefused;

/**
 * The rooms' entries in SQLite: plain synchronous calls, within a transaction of the caller's. What
 * came last is in the write buffer (write-buffer.ts); older entries are in their room's place.
 */
export class SqliteStore {
  readonly ages: RoomAges;
  readonly lengths: RoomLengths;
  readonly shelf: ShelfRows;
  readonly #db: DatabaseSync;
  readonly #limits: WriteBufferLimits;
  readonly #epoch: string;
  readonly #transactions: Transactions;
  readonly #table: EntryTable;
  readonly #settings: SettingRows;
  /** What is held in memory; undefined when a transaction failed: to be read again. */
  #held: Held | undefined;
  /** What was found since it was last asked for. */
  #findings: DamageFinding[] = [];

  /** @param ownership makes sure that no other server writes; without it, none does */
  constructor(db: DatabaseSync, limits = WRITE_BUFFER_LIMITS, ownership?: Ownership) {
    this.#db = db;
    this.ages = new RoomAges(db);
    this.lengths = new RoomLengths(db);
    this.shelf = new ShelfRows(db);
    this.#limits = limits;
    this.#transactions = new Transactions(db, ownership);
    this.#table = new EntryTable(db);
    this.#settings = new SettingRows(db);
    this.#epoch = (db.prepare("SELECT epoch FROM log").get() as { epoch: string }).epoch;
  }

  /**
   * Runs `work` as one transaction: all of it is durable when this returns, or none of it is
   * there and the error is thrown.
   * @throws Overtaken if another server took the log over
   */
  transaction<Result>(work: () => Result): Result {
    const findings = this.#findings.length;
    return this.#transactions.run(work, () => {
      this.#held = undefined;
      this.#findings.length = findings;
    });
  }

  /** Gives a draft the next `seq` of its room, if the room is admitted. Within a transaction only. */
  append(roomId: string, draft: Draft, admits = (_isKnownRoom: boolean) => true): Stored {
    const known = this.#rooms.get(roomId);
    const earlier = known && this.#earlier(known, draft);
    if (earlier) {
      return saysTheSame(earlier, draft) ? { is: "repeat", entry: earlier } : { is: "conflict" };
    }
    if (!admits(known !== undefined)) return { is: "full" };
    const refused = this.#refusalOf(known, draft);
    if (refused) return refused;
    const room = known ?? this.#rooms.create(roomId);
    const row = rowOf(room.key, draft, this.#head(room) + 1);
    this.#buffer.add(room.key, row);
    this.#settings.apply(room.key, numbered(draft, row.seq));
    if (room.first === row.seq) this.ages.set(room.key, row.at);
    this.lengths.note(roomId, room.first, row.seq);
    for (
      let key = this.#buffer.due(room.key);
      key !== undefined;
      key = this.#buffer.due(room.key)
    ) {
      this.#flushRoom(key);
    }
    return { is: "new", seq: row.seq };
  }

  /** Reads a part of a room. What is damaged is said in its place, and at first by a new epoch. */
  read(roomId: string, range: Range): Page {
    const room = this.#rooms.get(roomId);
    if (!room)
      return {
        epoch: this.#epoch,
        head: 0,
        first: 1,
        entries: [],
        ...(range.withSettings ? { settings: [] } : {}),
      };
    // What turns out to be damaged gives the room a new epoch.
    const settings = range.withSettings && this.#settingsOf(room);
    const head = this.#head(room);
    const { key, first } = room;
    const span = spanOf(range, first, head);
    const reached =
      "after" in range
        ? reachUp(span, range.enough, this.#up(key, span))
        : reachDown(span, range.enough, this.#down(key, span));
    const entries = this.#entries(room, reached);
    return { epoch: room.epoch, head, first, entries, ...(settings ? { settings } : {}) };
  }

  find(roomId: string, target: Target): EntryFrame | undefined {
    const room = this.#rooms.get(roomId);
    if (!room) return undefined;
    const stored = this.#table.find(room.key, target);
    if (stored) return soundEntryOf(room.key, stored);
    const buffered = this.#buffer.find(room.key, target);
    return buffered && entryOf(buffered);
  }

  /** Whether an entry that was read is found by its id; one that is known to be damaged has none. */
  isIndexed(roomId: string, { payload: { id, seq, from } }: EntryFrame): boolean {
    if (from.id === DAMAGED_AUTHOR.id) return true;
    const found = this.find(roomId, { id, author: from.id, ofAnyKind: true });
    return found?.payload.seq === seq;
  }

  /** Makes the index of ids again, from the entries. It takes about a second a million of them. */
  reindex(): void {
    this.transaction(() => this.#db.exec("REINDEX entry_by_id"));
  }

  /** How many entries the log was ever given. */
  get newest(): number {
    return this.#buffer.newest;
  }

  /** The damaged entries that were found since the last call. */
  takeFindings(): readonly DamageFinding[] {
    const findings = this.#findings;
    this.#findings = [];
    return findings;
  }

  /** The rooms after this key, to walk through all of them. */
  roomsAfter(key: number, limit: number): { key: number; id: string }[] {
    return this.#rooms.after(key, limit);
  }

  /**
   * Drops the oldest entries of a room: those beyond `keep`, and those from before `since`. To be
   * called within a transaction.
   * @param since in ms since 1970
   * @param limit how many entries at the most
   * @returns how many went
   */
  trim(roomId: string, keep: number, since: number, limit: number): number {
    const room = this.#rooms.get(roomId);
    if (!room) return 0;
    const head = this.#head(room);
    const span = { from: room.first, to: Math.min(head, room.first + limit) };
    const surplus = head - room.first + 1 - keep;
    const staying = stayingIn(span, this.#up(room.key, span), { surplus, since });
    const gone = Math.min(staying.from - room.first, limit);
    if (gone > 0) {
      const [buffered] = this.#buffer.of(room.key);
      room.first += gone;
      if (buffered && buffered.seq < room.first) this.#flushRoom(room.key);
      this.#table.trim(room.key, room.first);
      this.#damage.trim(room.key, room.first);
      this.#rooms.save(room);
    }
    this.ages.set(room.key, staying.ages.get(room.first));
    this.lengths.note(roomId, room.first, head);
    return gone;
  }

  get #buffer(): WriteBuffer {
    return this.#hold().buffered;
  }

  get #rooms(): RoomRows {
    return this.#hold().rooms;
  }

  get #damage(): KnownDamage {
    return this.#hold().damage;
  }

  #hold(): Held {
    return (this.#held ??= {
      rooms: new RoomRows(this.#db, this.#epoch),
      buffered: new WriteBuffer(this.#db, this.#limits),
      damage: new KnownDamage(this.#db),
    });
  }

  /** The last `seq` of a room, flushed or not. */
  #head(room: RoomRow): number {
    return this.#buffer.of(room.key).at(-1)?.seq ?? room.head;
  }

  /** Writes the buffered entries of a room to their place. */
  #flushRoom(key: number): void {
    const rows = this.#buffer.take(key);
    this.#table.add(key, rows);
    const last = rows.at(-1);
    const room = last && this.#rooms.withKey(key);
    if (!room) return;
    room.head = last.seq;
    this.#rooms.save(room);
  }

  /** All entries of a span, if these are sound. */
  #entries(room: RoomRow, { from, to, sound }: ReachedSpan): EntryFrame[] {
    if (sound.length >= to - from + 1) return sound.map(entryOf);
    const bySeq = new Map(sound.map((row) => [row.seq, row]));
    const seqs = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const missing = seqs.filter((seq) => !bySeq.has(seq) && !this.#damage.has(room.key, seq));
    if (missing.length > 0) this.#confess(room, missing, sound);
    return seqs.map((seq) => {
      const row = bySeq.get(seq);
      return row ? entryOf(row) : this.#damage.entry(room.key, seq);
    });
  }

  /** The settings that hold, by `seq`. */
  #settingsOf(room: RoomRow): readonly SetFrame[] {
    const settings = this.#settings.of(room.key) ?? this.#rebuildSettings(room);
    return settingsFrom(settings, room.first);
  }

  /** One of them is damaged: what the log says counts, and the room gets a new epoch. */
  #rebuildSettings(room: RoomRow): readonly SetFrame[] {
    this.#inTransaction(() => {
      this.#settings.rebuild(room.key, this.#head(room));
      room.epoch = randomUUID();
      this.#rooms.save(room);
    });
    this.#findings.push({ roomId: room.id, entries: 1 });
    return this.#settings.of(room.key) ?? [];
  }

  #refusalOf(room: RoomRow | undefined, draft: Draft): SettingRefused | undefined {
    if (draft.type !== "set") return undefined;
    if (!room) return settingRefusal(draft, new Map(), () => false);
    const settings = this.#settingsOf(room);
    this.#settings.dropPinsBefore(room.key, room.first);
    const held = new Map(settings.map((set) => [set.payload.key, set]));
    return settingRefusal(draft, held, (seq) => this.#isPinnable(room, seq));
  }

  #isPinnable(room: RoomRow, seq: number): boolean {
    if (seq < room.first) return false;
    const [row] = this.#up(room.key, { from: seq, to: seq });
    if (!row || !isMessage({ type: row.kind })) return false;
    const later = [...this.#settings.deletionsAfter(room.key, seq), ...this.#buffer.of(room.key)];
    return !later.some((each) => takesBack(entryOf(each), seq));
  }

  #inTransaction(write: () => void): void {
    if (this.#db.isTransaction) write();
    else this.transaction(write);
  }

  /** Keeps in mind what is damaged, and gives the room a new epoch. */
  #confess(room: RoomRow, missing: readonly number[], sound: readonly EntryRow[]): void {
    const write = () => {
      for (const seq of missing) {
        const near = sound.findLast((row) => row.seq < seq) ?? sound[0];
        this.#damage.add(room.key, seq, near?.at ?? 0);
      }
      room.epoch = randomUUID();
      this.#rooms.save(room);
    };
    this.#inTransaction(write);
    this.#findings.push({ roomId: room.id, entries: missing.length });
  }

  /** The rows of a span that are as they were written, oldest first; the rest is not read. */
  *#up(key: number, { from, to }: Span): Generator<EntryRow> {
    if (from > to) return;
    yield* this.#table.up(key, from, to);
    yield* this.#buffer.of(key).filter(({ seq }) => seq >= from && seq <= to);
  }

  /** The same, newest first. */
  *#down(key: number, { from, to }: Span): Generator<EntryRow> {
    if (from > to) return;
    const buffered = this.#buffer.of(key).filter(({ seq }) => seq >= from && seq <= to);
    yield* buffered.toReversed();
    yield* this.#table.down(key, from, to);
  }

  /** The entry that has a draft's id already, by the same author. */
  #earlier({ key }: RoomRow, { payload: { id, from } }: Draft): EntryFrame | undefined {
    const buffered = this.#buffer.byId(key, id, from.id);
    if (buffered) return entryOf(buffered);
    const stored = this.#table.byId(key, id, from.id);
    if (!stored) return undefined;
    return soundEntryOf(key, stored) ?? this.#damage.entry(key, stored.seq);
  }
}

interface Held {
  readonly rooms: RoomRows;
  readonly buffered: WriteBuffer;
  readonly damage: KnownDamage;
}
