import type { DatabaseSync, StatementSync } from "node:sqlite";
import { checksumOf } from "./checksum.ts";

/** How many rooms are remembered, so that an append need not read. */
const ROOMS_REMEMBERED = 10_000;

/** What is kept of a room; `key` stands for its id in the entries. */
export interface RoomRow {
  readonly key: number;
  readonly id: string;
  epoch: string;
  /** The last `seq` that was flushed to the room's place. */
  head: number;
  first: number;
}

/** The rooms of a database. To be made again when a transaction has failed. */
export class RoomRows {
  readonly #epoch: string;
  readonly #byId: StatementSync;
  readonly #byKey: StatementSync;
  readonly #after: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #known = new Map<string, RoomRow>();

  /** @param epoch what a new room begins with */
  constructor(db: DatabaseSync, epoch: string) {
    this.#epoch = epoch;
    const select = "SELECT key, id, epoch, head, first, crc FROM room";
    this.#byId = db.prepare(`${select} WHERE id = ?`);
    this.#byKey = db.prepare(`${select} WHERE key = ?`);
    this.#after = db.prepare("SELECT key, id FROM room WHERE key > ? ORDER BY key LIMIT ?");
    this.#insert = db.prepare("INSERT INTO room (id, epoch, head, first) VALUES (?, ?, 0, 1)");
    this.#update = db.prepare(
      "UPDATE room SET epoch = ?, head = ?, first = ?, crc = ? WHERE key = ?",
    );
  }

  get(id: string): RoomRow | undefined {
    return this.#known.get(id) ?? this.#read(this.#byId.get(id));
  }

  /** The room that a row of an entry names. */
  withKey(key: number): RoomRow | undefined {
    return this.#read(this.#byKey.get(key));
  }

  /** The rooms after this key, to walk through all of them. */
  after(key: number, limit: number): { key: number; id: string }[] {
    return this.#after.all(key, limit) as unknown as { key: number; id: string }[];
  }

  create(id: string): RoomRow {
    const { lastInsertRowid } = this.#insert.run(id, this.#epoch);
    const room = { key: Number(lastInsertRowid), id, epoch: this.#epoch, head: 0, first: 1 };
    this.save(room);
    this.#remember(room);
    return room;
  }

  save(room: RoomRow): void {
    const { key, epoch, head, first } = room;
    this.#update.run(epoch, head, first, roomChecksum(room), key);
  }

  #read(found: unknown): RoomRow | undefined {
    if (!found) return undefined;
    const { crc, ...row } = found as RoomRow & { crc: number };
    if (crc !== roomChecksum(row)) throw new Error("what is kept of the room is damaged");
    const known = this.#known.get(row.id);
    if (known) return known;
    this.#remember(row);
    return row;
  }

  #remember(room: RoomRow): void {
    this.#known.set(room.id, room);
    if (this.#known.size <= ROOMS_REMEMBERED) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}

/** An epoch that is another one costs a reset and hides nothing: it needs no checksum. */
function roomChecksum({ key, id, head, first }: RoomRow): number {
  return checksumOf(key, id, head, first);
}
