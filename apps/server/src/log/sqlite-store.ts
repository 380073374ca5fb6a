import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { EntryFrame } from "@parley/protocol";
import { saysTheSame, type Draft, type Page, type Range, type Target } from "./log.ts";
import { RoomAges } from "./sqlite-aging.ts";
import { COLUMNS, entryOf, rowOf, upTo, valuesOf, type EntryRow } from "./sqlite-entry-row.ts";
import { FRESH_LIMITS, FreshEntries, type FreshLimits } from "./sqlite-fresh.ts";
import { RoomLengths } from "./sqlite-lengths.ts";
import { emptyWal } from "./sqlite-wal.ts";

/** What became of a draft: the `seq` that it got, or the entry that was there before. */
export type Stored =
  | { readonly is: "new"; readonly seq: number }
  | { readonly is: "repeat"; readonly entry: EntryFrame }
  | { readonly is: "conflict" };

/** What is kept of a room; `key` stands for its id in the entries. */
interface RoomRow {
  readonly key: number;
  readonly epoch: string;
  /** Its last `seq`; on disk, the last that has settled. */
  head: number;
  first: number;
}

/**
 * The rooms' entries in SQLite: plain synchronous calls, within a transaction of the caller's. What
 * came last is fresh (sqlite-fresh.ts); older entries have settled in their room's place.
 */
export class SqliteStore {
  /** What there is to trim. */
  readonly ages: RoomAges;
  readonly lengths: RoomLengths;
  readonly #db: DatabaseSync;
  readonly #limits: FreshLimits;
  readonly #epoch: string;
  readonly #sql: ReturnType<typeof statements>;
  /** Rooms that were used, so that an append need not read. Emptied when a transaction fails. */
  readonly #rooms = new Map<string, RoomRow>();
  /** Undefined when a transaction failed: to be read again. */
  #freshEntries: FreshEntries | undefined;
  /**
   * Whether all of the write-ahead log can be relied on. After a start, and after a transaction that
   * failed, it is emptied before anything is written.
   */
  #wal: "suspect" | "sound" = "suspect";

  constructor(db: DatabaseSync, limits = FRESH_LIMITS) {
    this.#db = db;
    this.ages = new RoomAges(db);
    this.lengths = new RoomLengths(db);
    this.#limits = limits;
    this.#sql = statements(db);
    this.#epoch = (db.prepare("SELECT epoch FROM log").get() as { epoch: string }).epoch;
  }

  /**
   * Runs `work` as one transaction: all of it is durable when this returns, or none of it is
   * there and the error is thrown.
   */
  transaction<Result>(work: () => Result): Result {
    if (this.#wal === "suspect") emptyWal(this.#db);
    this.#wal = "sound";
    this.#sql.begin.run();
    try {
      const result = work();
      this.#sql.commit.run();
      return result;
    } catch (error) {
      this.#wal = "suspect";
      this.#freshEntries = undefined;
      this.#rooms.clear();
      // A full disk may have ended the transaction already.
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  /** Gives a draft the next `seq` of its room. To be called within a transaction. */
  append(roomId: string, draft: Draft): Stored {
    const room = this.#room(roomId) ?? this.#createRoom(roomId);
    const earlier = this.#earlier(room, draft);
    if (earlier) {
      return saysTheSame(earlier, draft) ? { is: "repeat", entry: earlier } : { is: "conflict" };
    }
    const row = rowOf(draft, room.head + 1);
    this.#fresh.add(room.key, row);
    room.head = row.seq;
    if (room.first === row.seq) this.ages.set(room.key, row.at);
    this.lengths.note(roomId, room.first, room.head);
    for (let key = this.#fresh.due(room.key); key !== undefined; key = this.#fresh.due(room.key)) {
      this.#settle(key);
    }
    return { is: "new", seq: row.seq };
  }

  read(roomId: string, range: Range): Page {
    const room = this.#room(roomId);
    if (!room) return { epoch: this.#epoch, head: 0, first: 1, entries: [] };
    const { key, epoch, head, first } = room;
    const { limit, enough = Infinity } = range;
    const rows =
      "after" in range
        ? upTo(enough, this.#after(key, range.after, limit))
        : upTo(
            enough,
            this.#before(key, "before" in range ? range.before : head + 1, limit),
          ).toReversed();
    return { epoch, head, first, entries: rows.map(entryOf) };
  }

  find(roomId: string, { id, author, ofAnyKind }: Target): EntryFrame | undefined {
    const room = this.#room(roomId);
    if (!room) return undefined;
    const settled = this.#sql.find.get(room.key, id, author ?? null, ofAnyKind ? 1 : 0);
    const row =
      (settled as unknown as EntryRow | undefined) ??
      this.#fresh
        .of(room.key)
        .find(
          (fresh) =>
            fresh.id === id &&
            (author === undefined || fresh.author === author) &&
            (ofAnyKind ?? fresh.kind === "chat"),
        );
    return row && entryOf(row);
  }

  /**
   * Drops the oldest entries of a room: those beyond `keep`, and those from before `since`. To be
   * called within a transaction.
   * @param since in ms since 1970
   * @param limit how many entries at the most
   * @returns how many went
   */
  trim(roomId: string, keep: number, since: number, limit: number): number {
    const room = this.#room(roomId);
    if (!room) return 0;
    const surplus = room.head - room.first + 1 - keep;
    const oldest = [...this.#after(room.key, 0, limit + 1)];
    const staying = oldest.findIndex(({ at }, index) => index >= surplus && at >= since);
    const gone = Math.min(staying === -1 ? oldest.length : staying, limit);
    if (gone > 0) {
      const [fresh] = this.#fresh.of(room.key);
      room.first += gone;
      if (fresh && fresh.seq < room.first) this.#settle(room.key);
      this.#sql.trim.run(room.key, room.first);
      this.#sql.saveFirst.run(room.first, room.key);
    }
    this.ages.set(room.key, oldest[gone]?.at);
    this.lengths.note(roomId, room.first, room.head);
    return gone;
  }

  get #fresh(): FreshEntries {
    return (this.#freshEntries ??= new FreshEntries(this.#db, this.#limits));
  }

  /** Writes the fresh entries of a room to their place. */
  #settle(key: number): void {
    const rows = this.#fresh.take(key);
    for (const row of rows) this.#sql.settle.run(key, ...valuesOf(row));
    const last = rows.at(-1);
    if (last) this.#sql.saveHead.run(last.seq, key);
  }

  /** Oldest first; what is not asked for is not read. */
  *#after(key: number, seq: number, limit: number): Generator<EntryRow> {
    let left = limit;
    for (const row of this.#sql.after.iterate(key, seq, limit)) {
      left -= 1;
      yield row as unknown as EntryRow;
    }
    const fresh = this.#fresh.of(key).filter((row) => row.seq > seq);
    yield* fresh.slice(0, left);
  }

  /** Newest first; what is not asked for is not read. */
  *#before(key: number, seq: number, limit: number): Generator<EntryRow> {
    const newer = this.#fresh.of(key).filter((row) => row.seq < seq);
    const fresh = newer.slice(Math.max(0, newer.length - limit));
    yield* fresh.toReversed();
    yield* this.#sql.before.iterate(
      key,
      seq,
      limit - fresh.length,
    ) as unknown as Iterable<EntryRow>;
  }

  /** The entry that has a draft's id already, by the same author. */
  #earlier({ key }: RoomRow, { payload: { id, from } }: Draft): EntryFrame | undefined {
    const row =
      this.#fresh.of(key).find((fresh) => fresh.id === id && fresh.author === from.id) ??
      (this.#sql.byId.get(key, id, from.id) as unknown as EntryRow | undefined);
    return row && entryOf(row);
  }

  #room(roomId: string): RoomRow | undefined {
    const known = this.#rooms.get(roomId);
    if (known) return known;
    const row = this.#sql.room.get(roomId) as unknown as RoomRow | undefined;
    if (!row) return undefined;
    const head = this.#fresh.of(row.key).at(-1)?.seq ?? row.head;
    const room = { ...row, head };
    this.#remember(roomId, room);
    return room;
  }

  #createRoom(roomId: string): RoomRow {
    const { lastInsertRowid } = this.#sql.createRoom.run(roomId, this.#epoch);
    const room = { key: Number(lastInsertRowid), epoch: this.#epoch, head: 0, first: 1 };
    this.#remember(roomId, room);
    return room;
  }

  #remember(roomId: string, room: RoomRow): void {
    this.#rooms.set(roomId, room);
    if (this.#rooms.size <= ROOMS_REMEMBERED) return;
    const [oldest] = this.#rooms.keys();
    if (oldest !== undefined) this.#rooms.delete(oldest);
  }
}

const ROOMS_REMEMBERED = 10_000;

function statements(db: DatabaseSync): Record<Statement, StatementSync> {
  return Object.fromEntries(
    Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]),
  ) as Record<Statement, StatementSync>;
}

type Statement = keyof typeof SQL;

/** `INDEXED BY`: left to itself, SQLite looks for an id through the whole room, in order of `seq`. */
export const SQL = {
  begin: "BEGIN IMMEDIATE",
  commit: "COMMIT",
  room: "SELECT key, epoch, head, first FROM room WHERE id = ?",
  createRoom: "INSERT INTO room (id, epoch, head, first) VALUES (?, ?, 0, 1)",
  saveHead: "UPDATE room SET head = ? WHERE key = ?",
  saveFirst: "UPDATE room SET first = ? WHERE key = ?",
  settle: `INSERT INTO entry (room, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  byId: `SELECT ${COLUMNS} FROM entry WHERE room = ? AND id = ? AND author = ?`,
  find: `SELECT ${COLUMNS} FROM entry INDEXED BY entry_by_id WHERE room = ?1 AND id = ?2
    AND (?3 IS NULL OR author = ?3) AND (?4 OR kind = 'chat') ORDER BY seq LIMIT 1`,
  after: `SELECT ${COLUMNS} FROM entry WHERE room = ? AND seq > ? ORDER BY seq LIMIT ?`,
  before: `SELECT ${COLUMNS} FROM entry WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
  trim: "DELETE FROM entry WHERE room = ? AND seq < ?",
} as const;
