import type { DatabaseSync, StatementSync } from "node:sqlite";
import { checksumOf } from "./checksum.ts";
import { SHELF_LIST_MAX, type PutItem, type ShelfItem } from "../../shelf/shelf.ts";

/** A step of the schema (schema.ts). */
export const SHELF_SCHEMA = `
  CREATE TABLE shelf (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    until INTEGER NOT NULL,
    crc INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX shelf_by_until ON shelf (until);`;

/** Stands for Infinity in the table. */
const NEVER = Number.MAX_SAFE_INTEGER;
/** Behind every key that begins with a prefix, since keys are visible ASCII. */
const BEHIND = "\x7f";

interface Row {
  readonly key: string;
  readonly value: string;
  readonly until: number;
  readonly crc: number;
}

/**
 * The shelf in SQLite: plain synchronous calls, those that write within a transaction of the
 * caller's. A row that its disk has altered is as good as gone.
 */
export class ShelfRows {
  readonly #one: StatementSync;
  readonly #some: StatementSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #ended: StatementSync;
  readonly #drop: StatementSync;

  constructor(db: DatabaseSync) {
    this.#one = db.prepare("SELECT * FROM shelf WHERE key = ? AND until > ?");
    this.#some = db.prepare(
      "SELECT * FROM shelf WHERE key >= ? AND key < ? AND until > ? ORDER BY key LIMIT ?",
    );
    this.#put = db.prepare(
      "INSERT OR REPLACE INTO shelf (key, value, until, crc) VALUES (?, ?, ?, ?)",
    );
    this.#delete = db.prepare("DELETE FROM shelf WHERE key = ?");
    this.#ended = db.prepare("SELECT 1 FROM shelf WHERE until <= ? LIMIT 1");
    this.#drop = db.prepare(
      "DELETE FROM shelf WHERE key IN (SELECT key FROM shelf WHERE until <= ? ORDER BY until LIMIT ?)",
    );
  }

  /** @param now in ms since 1970 */
  get(key: string, now: number): string | undefined {
    const row = this.#one.get(key, now) as Row | undefined;
    return row && isSound(row) ? row.value : undefined;
  }

  /** @param now in ms since 1970 */
  put({ key, value, until, onlyIf }: PutItem, now: number): boolean {
    if (onlyIf !== undefined && (this.get(key, now) ?? null) !== onlyIf) return false;
    const end = Math.min(until, NEVER);
    this.#put.run(key, value, end, checksumOf(key, value, end));
    return true;
  }

  /** @param now in ms since 1970 */
  take(key: string, now: number): string | undefined {
    const value = this.get(key, now);
    this.#delete.run(key);
    return value;
  }

  /** @param now in ms since 1970 */
  list(prefix: string, now: number): ShelfItem[] {
    const rows = this.#some.all(prefix, prefix + BEHIND, now, SHELF_LIST_MAX) as unknown as Row[];
    return rows.filter(isSound).map(({ key, value, until }) => ({
      key,
      value,
      until: until === NEVER ? Infinity : until,
    }));
  }

  /** All that begin with a prefix, one at a time. @param now in ms since 1970 */
  *each(prefix: string, now: number): Generator<Pick<ShelfItem, "key" | "value">, void> {
    const rows = this.#some.iterate(prefix, prefix + BEHIND, now, NEVER);
    for (const row of rows as Iterable<unknown> as Iterable<Row>) if (isSound(row)) yield row;
  }

  /** Whether anything ended by a moment, in ms since 1970. */
  hasEnded(passed: number): boolean {
    return this.#ended.get(passed) !== undefined;
  }

  /** Drops what ended first, by a moment in ms since 1970; at most so many. */
  drop(passed: number, limit: number): void {
    this.#drop.run(passed, limit);
  }
}

function isSound({ key, value, until, crc }: Row): boolean {
  return crc === checksumOf(key, value, until);
}
