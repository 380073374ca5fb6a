import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { EntryFrame } from "@parley/protocol";

/** The entry that replaces one that the disk altered or lost. */
const DAMAGED_TEXT = "This message was damaged on the server's disk and cannot be shown.";
/** The author of a damaged entry. Ids of members are digests: nobody has this one. */
export const DAMAGED_AUTHOR = { id: "damaged", name: "Damaged message" };

/** Damaged entries were found; the room has a new epoch. */
export interface DamageFinding {
  readonly roomId: string;
  readonly entries: number;
}

/** Entries that are known to be damaged: their readers were told, by a new epoch (SPEC O3). */
export class KnownDamage {
  readonly #insert: StatementSync;
  readonly #forget: StatementSync;
  /** By the key of the room, and there by `seq`: the moment that is shown with it. */
  readonly #rooms = new Map<number, Map<number, number>>();

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare("INSERT OR IGNORE INTO damage (room, seq, at) VALUES (?, ?, ?)");
    this.#forget = db.prepare("DELETE FROM damage WHERE room = ? AND seq < ?");
    const rows = db.prepare("SELECT room, seq, at FROM damage").all() as unknown as {
      readonly room: number;
      readonly seq: number;
      readonly at: number;
    }[];
    for (const { room, seq, at } of rows) this.#hold(room, seq, at);
  }

  has(room: number, seq: number): boolean {
    return this.#rooms.get(room)?.has(seq) ?? false;
  }

  /** What is shown instead of an entry. */
  entry(room: number, seq: number): EntryFrame {
    const at = this.#rooms.get(room)?.get(seq) ?? 0;
    const payload = { message: DAMAGED_TEXT, id: `damaged-${seq}`, seq, at, from: DAMAGED_AUTHOR };
    return { type: "chat", payload };
  }

  /** To be called within a transaction. */
  add(room: number, seq: number, at: number): void {
    this.#insert.run(room, seq, at);
    this.#hold(room, seq, at);
  }

  /** Forgets those of a room that are older than what is kept. To be called within a transaction. */
  trim(room: number, first: number): void {
    if (!this.#rooms.has(room)) return;
    this.#forget.run(room, first);
  }

  #hold(room: number, seq: number, at: number): void {
    const known = this.#rooms.get(room) ?? new Map<number, number>();
    this.#rooms.set(room, known.set(seq, at));
  }
}

/** The schema of it, with the checksums by which damage is found, computed for what is there. */
export const INTEGRITY_SCHEMA = `
  ALTER TABLE log ADD COLUMN newest INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE room ADD COLUMN crc INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE entry ADD COLUMN crc INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE fresh ADD COLUMN crc INTEGER NOT NULL DEFAULT 0;
  UPDATE log SET newest = ifnull((SELECT max(n) FROM fresh), 0);
  UPDATE room SET crc = parley_checksum(key, id, head, first);
  UPDATE entry SET crc = parley_checksum(room, seq, id, author, name, at, kind, payload);
  UPDATE fresh SET crc = parley_checksum(room, seq, id, author, name, at, kind, payload);
  CREATE TABLE damage (
    room INTEGER NOT NULL REFERENCES room (key),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (room, seq)
  ) STRICT, WITHOUT ROWID;`;
