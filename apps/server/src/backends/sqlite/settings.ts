import type { DatabaseSync, StatementSync } from "node:sqlite";
import { holdsFrom, settingChange, type EntryFrame, type SetFrame } from "@parley/protocol";
import { COLUMNS, entryOf, isSound, rowOf, valuesOf, type EntryRow } from "./entry-row.ts";

/** A step of the schema (schema.ts). A setting is a copy of its entry, with the same checksum. */
export const SETTINGS_SCHEMA = `
  CREATE TABLE setting (
    room INTEGER NOT NULL REFERENCES room (key),
    setting TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    author TEXT NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    crc INTEGER NOT NULL,
    PRIMARY KEY (room, setting)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entry_that_deletes ON entry (room, seq) WHERE kind = 'deleted';`;

const SQL = {
  of: `SELECT setting, ${COLUMNS} FROM setting WHERE room = ?`,
  put: `INSERT OR REPLACE INTO setting (room, setting, ${COLUMNS})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  remove: "DELETE FROM setting WHERE room = ? AND setting = ?",
  deletions: `SELECT ${COLUMNS} FROM entry INDEXED BY entry_that_deletes
    WHERE room = ? AND seq > ? AND kind = 'deleted'`,
  changes: `SELECT ${COLUMNS} FROM entry WHERE room = ?1 AND kind IN ('set', 'deleted')
    UNION SELECT ${COLUMNS} FROM fresh WHERE room = ?1 AND kind IN ('set', 'deleted') ORDER BY seq`,
} as const;

interface SettingRow extends EntryRow {
  /** The key of the setting. */
  readonly setting: string;
}

/**
 * The settings of each room, beside its log (SPEC G2): of each key the entry that gave its value.
 * What writes is to be called within the transaction that adds the entry.
 */
export class SettingRows {
  readonly #sql: Record<keyof typeof SQL, StatementSync>;

  constructor(db: DatabaseSync) {
    this.#sql = Object.fromEntries(
      Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]),
    ) as Record<keyof typeof SQL, StatementSync>;
  }

  /** A room's; undefined if one of them is not as it was written. */
  of(room: number): SetFrame[] | undefined {
    const rows = this.#rows(room);
    return rows.every((row) => isWhole(room, row)) ? rows.map(frameOf) : undefined;
  }

  /** Does what an entry does to the settings of its room. */
  apply(room: number, entry: EntryFrame): void {
    const change = settingChange(entry);
    if (!change) return;
    if (!change.entry) this.#sql.remove.run(room, change.key);
    else {
      const row = rowOf(room, change.entry, change.entry.payload.seq);
      this.#sql.put.run(room, change.key, ...valuesOf(row));
    }
  }

  /** Forgets the pins of messages before a `seq`, which hold no longer. */
  dropPinsBefore(room: number, first: number): void {
    for (const { setting } of this.#rows(room)) {
      if (!holdsFrom(setting, first)) this.#sql.remove.run(room, setting);
    }
  }

  /** The settled entries after a `seq` that delete something. */
  deletionsAfter(room: number, seq: number): Iterable<EntryRow> {
    return this.#sql.deletions.iterate(room, seq) as Iterable<unknown> as Iterable<EntryRow>;
  }

  /** Takes out what is damaged, or of entries that are lost, and goes through the log once more. */
  rebuild(room: number, head: number): void {
    for (const row of this.#rows(room)) {
      if (row.seq > head || !isWhole(room, row)) this.#sql.remove.run(room, row.setting);
    }
    const rows = this.#sql.changes.all(room) as unknown as EntryRow[];
    for (const row of rows) if (isSound(room, row)) this.apply(room, entryOf(row));
  }

  #rows(room: number): SettingRow[] {
    return this.#sql.of.all(room) as unknown as SettingRow[];
  }
}

function isWhole(room: number, row: SettingRow): boolean {
  return isSound(room, row) && frameOf(row).payload.key === row.setting;
}

function frameOf(row: EntryRow): SetFrame {
  return entryOf(row) as SetFrame;
}
