import type { DatabaseSync } from "node:sqlite";

/** Which rooms have more entries than are kept: found as they grow, and all at once at a start. */
export class RoomLengths {
  readonly #db: DatabaseSync;
  readonly #tooLong = new Set<string>();
  #keep = Infinity;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /**
   * Looks at all rooms once, and from then on at those that grow.
   * @param keep how many entries of a room are kept
   */
  watch(keep: number): void {
    this.#keep = keep;
    if (keep === Infinity) return;
    for (const sql of [FLUSHED, BUFFERED]) {
      const rooms = this.#db.prepare(sql).all(keep) as unknown as { readonly id: string }[];
      for (const { id } of rooms) this.#tooLong.add(id);
    }
  }

  /** A room has these entries now. */
  note(id: string, first: number, head: number): void {
    if (head - first >= this.#keep) this.#tooLong.add(id);
    else this.#tooLong.delete(id);
  }

  /** Some rooms that are too long. */
  some(limit: number): string[] {
    const some: string[] = [];
    for (const id of this.#tooLong) {
      if (some.length === limit) break;
      some.push(id);
    }
    return some;
  }
}

const FLUSHED = "SELECT id FROM room WHERE head - first >= ?";
const BUFFERED = `SELECT room.id FROM fresh JOIN room ON key = room
  GROUP BY room HAVING max(fresh.seq) - first >= ?`;
