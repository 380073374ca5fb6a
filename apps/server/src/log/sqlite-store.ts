import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { EntryFrame } from "@parley/protocol";
import { saysTheSame, type Draft, type Page, type Range, type Target } from "./log.ts";

/** What became of a draft: the `seq` that it got, or the entry that was there before. */
export type Stored =
  | { readonly is: "new"; readonly seq: number }
  | { readonly is: "repeat"; readonly entry: EntryFrame }
  | { readonly is: "conflict" };

/** What is kept of a room; `key` stands for its id in the entries. */
interface RoomRow {
  readonly key: number;
  readonly epoch: string;
  head: number;
  first: number;
}

interface EntryRow {
  readonly seq: number;
  readonly id: string;
  readonly author: string;
  readonly name: string;
  readonly at: number;
  readonly kind: string;
  readonly payload: string;
}

const COLUMNS = "seq, id, author, name, at, kind, payload";

/** The rooms' entries in SQLite: plain synchronous calls, within a transaction of the caller's. */
export class SqliteStore {
  readonly #db: DatabaseSync;
  readonly #epoch: string;
  /** Rooms that were used, so that an append need not read. Emptied when a transaction fails. */
  readonly #rooms = new Map<string, RoomRow>();
  readonly #dirty = new Set<RoomRow>();
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sql = statements(db);
    this.#epoch = (db.prepare("SELECT epoch FROM log").get() as { epoch: string }).epoch;
  }

  /**
   * Runs `work` as one transaction: all of it is durable when this returns, or none of it is
   * there and the error is thrown.
   */
  transaction<Result>(work: () => Result): Result {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      for (const { head, first, key } of this.#dirty) this.#sql.saveRoom.run(head, first, key);
      this.#db.exec("COMMIT");
      this.#dirty.clear();
      return result;
    } catch (error) {
      this.#dirty.clear();
      this.#rooms.clear();
      // A full disk may have ended the transaction already.
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  /** Gives a draft the next `seq` of its room. To be called within a transaction. */
  append(roomId: string, draft: Draft): Stored {
    const room = this.#room(roomId) ?? this.#createRoom(roomId);
    const { id, at, from, ...own } = draft.payload;
    const seq = room.head + 1;
    const { changes } = this.#sql.append.run(
      room.key,
      seq,
      id,
      from.id,
      from.name,
      at,
      draft.type,
      JSON.stringify(own),
    );
    if (changes === 0) return this.#earlier(room, draft);
    room.head = seq;
    this.#dirty.add(room);
    return { is: "new", seq };
  }

  read(roomId: string, range: Range): Page {
    const room = this.#room(roomId);
    if (!room) return { epoch: this.#epoch, head: 0, first: 1, entries: [] };
    const { key, epoch, head, first } = room;
    const rows =
      "after" in range
        ? this.#sql.after.all(key, range.after, range.limit)
        : this.#sql.before.all(key, "before" in range ? range.before : head + 1, range.limit);
    const entries = (rows as unknown as EntryRow[]).map(entryOf);
    if (!("after" in range)) entries.reverse();
    return { epoch, head, first, entries };
  }

  find(roomId: string, { id, author, ofAnyKind }: Target): EntryFrame | undefined {
    const room = this.#room(roomId);
    const row = room && this.#sql.find.get(room.key, id, author ?? null, ofAnyKind ? 1 : 0);
    return row && entryOf(row as unknown as EntryRow);
  }

  /** The rooms after this key, to walk through all of them. */
  roomsAfter(key: number, limit: number): { key: number; id: string }[] {
    return this.#sql.rooms.all(key, limit) as unknown as { key: number; id: string }[];
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
    const oldest = this.#sql.oldest.all(room.key, limit) as unknown as EntryRow[];
    const staying = oldest.findIndex(({ at }, index) => index >= surplus && at >= since);
    const gone = staying === -1 ? oldest.length : staying;
    if (gone === 0) return 0;
    room.first += gone;
    this.#sql.trim.run(room.key, room.first);
    this.#dirty.add(room);
    return gone;
  }

  #room(roomId: string): RoomRow | undefined {
    const known = this.#rooms.get(roomId);
    if (known) return known;
    const row = this.#sql.room.get(roomId) as unknown as RoomRow | undefined;
    if (!row) return undefined;
    const room = { ...row };
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
    for (const [oldest, row] of this.#rooms) {
      if (this.#dirty.has(row)) continue;
      this.#rooms.delete(oldest);
      return;
    }
  }

  #earlier(room: RoomRow, draft: Draft): Stored {
    const row = this.#sql.byId.get(room.key, draft.payload.id, draft.payload.from.id);
    const entry = entryOf(row as unknown as EntryRow);
    return saysTheSame(entry, draft) ? { is: "repeat", entry } : { is: "conflict" };
  }
}

const ROOMS_REMEMBERED = 10_000;

function statements(db: DatabaseSync): Record<Statement, StatementSync> {
  return Object.fromEntries(
    Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]),
  ) as Record<Statement, StatementSync>;
}

type Statement = keyof typeof SQL;

const SQL = {
  room: "SELECT key, epoch, head, first FROM room WHERE id = ?",
  rooms: "SELECT key, id FROM room WHERE key > ? ORDER BY key LIMIT ?",
  createRoom: "INSERT INTO room (id, epoch, head, first) VALUES (?, ?, 0, 1)",
  saveRoom: "UPDATE room SET head = ?, first = ? WHERE key = ?",
  append: `INSERT INTO entry (room, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (room, id, author) DO NOTHING`,
  byId: `SELECT ${COLUMNS} FROM entry WHERE room = ? AND id = ? AND author = ?`,
  find: `SELECT ${COLUMNS} FROM entry WHERE room = ?1 AND id = ?2
    AND (?3 IS NULL OR author = ?3) AND (?4 OR kind = 'chat') ORDER BY seq LIMIT 1`,
  after: `SELECT ${COLUMNS} FROM entry WHERE room = ? AND seq > ? ORDER BY seq LIMIT ?`,
  before: `SELECT ${COLUMNS} FROM entry WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
  oldest: "SELECT seq, at FROM entry WHERE room = ? ORDER BY seq LIMIT ?",
  trim: "DELETE FROM entry WHERE room = ? AND seq < ?",
} as const;

/** The facts of a row as the frame that went out live. */
function entryOf({ seq, id, author, name, at, kind, payload }: EntryRow): EntryFrame {
  const own = JSON.parse(payload) as object;
  const frame = { type: kind, payload: { ...own, id, at, from: { id: author, name }, seq } };
  return frame as EntryFrame;
}
