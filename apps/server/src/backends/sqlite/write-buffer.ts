import type { DatabaseSync, StatementSync } from "node:sqlite";
import { isMessage } from "@parley/protocol";
import type { Target } from "../../log/log.ts";
import { COLUMNS, valuesOf, type EntryRow } from "./entry-row.ts";

/** How many entries the buffer may hold. */
export interface WriteBufferLimits {
  /** Of one room. */
  readonly aRoom: number;
  /** Rows of the table, from the oldest in the buffer on. */
  readonly inAll: number;
  /** Characters of what they say, in all: they are held in memory. */
  readonly chars: number;
}

export const WRITE_BUFFER_LIMITS: WriteBufferLimits = {
  aRoom: 256,
  inAll: 16_384,
  chars: 8 * 1024 * 1024,
};

/** How many may be flushed for each that comes: the work is spread, and the buffer still shrinks. */
const FLUSHED_FOR_EACH = 2;

/** The buffered entries of a room: they come one by one, and are flushed all at once. */
interface BufferedRoom {
  /** The place of its oldest one in the table. */
  readonly oldest: number;
  readonly rows: EntryRow[];
  /** Its rows by `authorKey`. */
  readonly byAuthor: Map<string, EntryRow>;
}

/**
 * The entries that came last. To write an entry to its place among those of its room dirties pages
 * all over the file, in every commit; so it is first written to the end of one table, and held in
 * memory. It is flushed later with others of its room: at 16 entries a commit that costs a quarter.
 */
export class WriteBuffer {
  readonly #limits: WriteBufferLimits;
  readonly #insert: StatementSync;
  readonly #forget: StatementSync;
  readonly #saveNewest: StatementSync;
  /** By the key of the room; the room with the oldest entry comes first. */
  readonly #rooms = new Map<number, BufferedRoom>();
  #newest = 0;
  #chars = 0;
  /** How many may be flushed now. */
  #allowed = 0;

  constructor(db: DatabaseSync, limits: WriteBufferLimits) {
    this.#limits = limits;
    this.#insert = db.prepare(
      `INSERT INTO fresh (n, room, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#forget = db.prepare("DELETE FROM fresh WHERE n < ?");
    this.#saveNewest = db.prepare("UPDATE log SET newest = ?");
    this.#newest = newestOf(db);
    // Flushed ones stay in the table while there are older ones that are not.
    const rows = db
      .prepare(
        "SELECT * FROM fresh WHERE seq > (SELECT head FROM room WHERE key = room) ORDER BY n",
      )
      .iterate() as unknown as Iterable<EntryRow & { readonly n: number; readonly room: number }>;
    for (const row of rows) this.#hold(row.room, row.n, row);
  }

  /** How many entries the log was ever given: the place of the last one. */
  get newest(): number {
    return this.#newest;
  }

  /** A room's, oldest first; all of them are newer than what was flushed. */
  of(room: number): readonly EntryRow[] {
    return this.#rooms.get(room)?.rows ?? [];
  }

  /** The one of a room that has this id and is by this author. */
  byId(room: number, id: string, author: string): EntryRow | undefined {
    return this.#rooms.get(room)?.byAuthor.get(authorKey(id, author));
  }

  /** The first entry of a room that a query names. */
  find(room: number, { id, author, ofAnyKind }: Target): EntryRow | undefined {
    return this.of(room).find(
      (row) =>
        row.id === id &&
        (author === undefined || row.author === author) &&
        (ofAnyKind ?? isMessage({ type: row.kind })),
    );
  }

  /** Writes an entry. To be called within a transaction. */
  add(room: number, row: EntryRow): void {
    const n = this.#newest + 1;
    this.#insert.run(n, room, ...valuesOf(row));
    this.#newest = n;
    this.#hold(room, n, row);
    this.#allowed = Math.min(this.#allowed + FLUSHED_FOR_EACH, this.#limits.aRoom);
  }

  /**
   * The room to flush now, if any.
   * @param room the one that was added to
   */
  due(room: number): number | undefined {
    if (this.#allowed <= 0) return undefined;
    const { aRoom, inAll, chars } = this.#limits;
    if (this.of(room).length >= aRoom) return room;
    const rows = this.#newest - this.#oldest + 1;
    return rows > inAll || this.#chars > chars ? this.#rooms.keys().next().value : undefined;
  }

  /** Takes out a room's entries, which are flushed now. To be called within a transaction. */
  take(room: number): readonly EntryRow[] {
    const rows = this.of(room);
    this.#rooms.delete(room);
    for (const { payload } of rows) this.#chars -= payload.length;
    this.#allowed -= rows.length;
    this.#forget.run(this.#oldest);
    // The table is empty: there is no row to count on from.
    if (this.#rooms.size === 0) this.#saveNewest.run(this.#newest);
    return rows;
  }

  /** The place of the oldest one, or where it will be. */
  get #oldest(): number {
    return this.#rooms.values().next().value?.oldest ?? this.#newest + 1;
  }

  #hold(room: number, n: number, row: EntryRow): void {
    let held = this.#rooms.get(room);
    if (!held) {
      held = { oldest: n, rows: [], byAuthor: new Map() };
      this.#rooms.set(room, held);
    }
    held.rows.push(row);
    held.byAuthor.set(authorKey(row.id, row.author), row);
    this.#chars += row.payload.length;
  }
}

/** Tells every pair of an id and an author apart, also if they hold the same characters. */
function authorKey(id: string, author: string): string {
  return `${id.length} ${id}${author}`;
}

/** The place of the entry that came last, in the table or before all of it was flushed. */
export function newestOf(db: DatabaseSync): number {
  const sql = "SELECT max(newest, ifnull((SELECT max(n) FROM fresh), 0)) AS newest FROM log";
  return Number(db.prepare(sql).get()?.["newest"]);
}
