import type { DatabaseSync, StatementSync } from "node:sqlite";

/** A room: its key in the entries, and its id. */
export interface RoomName {
  readonly key: number;
  readonly id: string;
}

/**
 * How old the oldest entry of each room is, by an index: to find what is too old, nobody has to look
 * at rooms where nothing is. It is written when a room gets its first entry and when it is trimmed.
 */
export class RoomAges {
  readonly #set: StatementSync;
  readonly #forget: StatementSync;
  readonly #before: StatementSync;

  constructor(db: DatabaseSync) {
    this.#set = db.prepare(
      `INSERT INTO aging (room, oldest) VALUES (?, ?)
       ON CONFLICT (room) DO UPDATE SET oldest = excluded.oldest`,
    );
    this.#forget = db.prepare("DELETE FROM aging WHERE room = ?");
    this.#before = db.prepare(
      `SELECT key, id FROM aging JOIN room ON key = room WHERE oldest < ? ORDER BY oldest LIMIT ?`,
    );
  }

  /**
   * To be called within a transaction.
   * @param oldest of the room's first entry, in ms since 1970; undefined: it has none
   */
  set(room: number, oldest: number | undefined): void {
    if (oldest === undefined) this.#forget.run(room);
    else this.#set.run(room, oldest);
  }

  /** Rooms whose first entry is from before a moment, the oldest first. */
  before(moment: number, limit: number): RoomName[] {
    return this.#before.all(moment, limit) as unknown as RoomName[];
  }
}

/** The schema of it, filled from what is there. */
export const AGING_SCHEMA = `
  CREATE TABLE aging (
    room INTEGER PRIMARY KEY REFERENCES room (key),
    oldest INTEGER NOT NULL
  ) STRICT;
  INSERT INTO aging
    SELECT key, at FROM room JOIN entry
    ON entry.room = key AND seq = (SELECT min(seq) FROM entry WHERE entry.room = key);
  INSERT OR IGNORE INTO aging
    SELECT room, at FROM (
      SELECT room, at, min(fresh.seq) FROM fresh JOIN room ON key = room
      WHERE fresh.seq > head GROUP BY room
    );
  CREATE INDEX aging_by_age ON aging (oldest);`;
