import type { DatabaseSync, StatementSync } from "node:sqlite";
import { messageKinds } from "@parley/protocol";
import type { Target } from "../../log/log.ts";
import { COLUMNS, isSound, valuesOf, type EntryRow } from "./entry-row.ts";

const MESSAGE_KINDS = messageKinds.map((kind) => `'${kind}'`).join(", ");

/** `INDEXED BY`: left to itself, SQLite looks for an id through the whole room, in order of `seq`. */
export const SQL = {
  // What is there already stays: after damage, an entry may have been flushed before.
  add: `INSERT OR IGNORE INTO entry (room, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  byId: `SELECT ${COLUMNS} FROM entry WHERE room = ? AND id = ? AND author = ?`,
  find: `SELECT ${COLUMNS} FROM entry INDEXED BY entry_by_id WHERE room = ?1 AND id = ?2
    AND (?3 IS NULL OR author = ?3) AND (?4 OR kind IN (${MESSAGE_KINDS})) ORDER BY seq LIMIT 1`,
  up: `SELECT ${COLUMNS} FROM entry WHERE room = ? AND seq BETWEEN ? AND ? ORDER BY seq`,
  down: `SELECT ${COLUMNS} FROM entry WHERE room = ? AND seq BETWEEN ? AND ? ORDER BY seq DESC`,
  trim: "DELETE FROM entry WHERE room = ? AND seq < ?",
} as const;

/** The entries that were flushed, each in its room's place. Rooms are named by their keys. */
export class EntryTable {
  readonly #sql: Record<keyof typeof SQL, StatementSync>;

  constructor(db: DatabaseSync) {
    this.#sql = Object.fromEntries(
      Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]),
    ) as Record<keyof typeof SQL, StatementSync>;
  }

  /** To be called within a transaction. */
  add(room: number, rows: readonly EntryRow[]): void {
    for (const row of rows) this.#sql.add.run(room, ...valuesOf(row));
  }

  /** The row that has this id, which may be damaged. */
  byId(room: number, id: string, author: string): EntryRow | undefined {
    return this.#sql.byId.get(room, id, author) as unknown as EntryRow | undefined;
  }

  /** The row that a query names, which may be damaged. */
  find(room: number, { id, author, ofAnyKind }: Target): EntryRow | undefined {
    const found = this.#sql.find.get(room, id, author ?? null, ofAnyKind ? 1 : 0);
    return found as unknown as EntryRow | undefined;
  }

  /** The rows from one `seq` to another that are as they were written, oldest first. */
  up(room: number, from: number, to: number): Iterable<EntryRow> {
    return soundOf(room, this.#sql.up.iterate(room, from, to));
  }

  /** The same, newest first. */
  down(room: number, from: number, to: number): Iterable<EntryRow> {
    return soundOf(room, this.#sql.down.iterate(room, from, to));
  }

  /** Drops the rows before a `seq`. To be called within a transaction. */
  trim(room: number, first: number): void {
    this.#sql.trim.run(room, first);
  }
}

function* soundOf(room: number, rows: Iterable<unknown>): Generator<EntryRow> {
  for (const row of rows as Iterable<EntryRow>) if (isSound(room, row)) yield row;
}
