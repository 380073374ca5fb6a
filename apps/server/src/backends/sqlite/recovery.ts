import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { isSound, type EntryRow } from "./entry-row.ts";
import { SettingRows } from "./settings.ts";
import { newestOf } from "./write-buffer.ts";

/** Rooms that have flushed entries after the last `seq` that the room knows of. */
const BEHIND = "head < (SELECT max(seq) FROM entry WHERE room = key)";

/**
 * Looks, at a start, for what the rooms themselves do not show: entries that were lost from
 * the end. If any were, every room gets a new epoch, so that clients are told (SPEC O3): nobody
 * knows whose they were.
 * @param acknowledged how many entries the log had when it last acknowledged one, as far as is known
 * @returns what was found, in words for the host
 */
export function recoverLog(db: DatabaseSync, acknowledged: number): readonly string[] {
  const newest = newestOf(db);
  const damaged = damagedInBuffer(db);
  const behind = Number(
    db.prepare(`SELECT count(*) AS rooms FROM room WHERE ${BEHIND}`).get()?.["rooms"],
  );
  const found = [
    ...(newest < acknowledged
      ? [`${acknowledged - newest} acknowledged entries are missing at the end of the log`]
      : []),
    ...(damaged.length > 0 ? [`${damaged.length} of the newest entries are damaged`] : []),
    ...(behind > 0 ? [`${behind} rooms are older than their entries`] : []),
  ];
  if (found.length === 0) return found;
  db.exec("BEGIN IMMEDIATE");
  const forget = db.prepare("DELETE FROM fresh WHERE n = ?");
  for (const n of damaged) forget.run(n);
  db.exec(`UPDATE room SET head = (SELECT max(seq) FROM entry WHERE room = key) WHERE ${BEHIND}`);
  db.exec("UPDATE room SET crc = parley_checksum(key, id, head, first)");
  db.prepare("UPDATE log SET newest = ?").run(Math.max(newest, acknowledged));
  // What is lost may have removed a setting that the log gives a value.
  const settings = new SettingRows(db);
  for (const room of roomsOf(db)) settings.rebuild(room, headOf(db, room));
  renewEpochs(db);
  db.exec("COMMIT");
  return found;
}

function roomsOf(db: DatabaseSync): number[] {
  const rows = db.prepare("SELECT key FROM room").all();
  return rows.map(({ key }) => Number(key));
}

/** The last `seq` of a room, settled or not. */
function headOf(db: DatabaseSync, room: number): number {
  const sql = `SELECT max(head, ifnull((SELECT max(seq) FROM fresh WHERE room = key), 0)) AS head
    FROM room WHERE key = ?`;
  return Number(db.prepare(sql).get(room)?.["head"]);
}

/** Gives every room another epoch, and those that are yet to come. To be called within a transaction. */
export function renewEpochs(db: DatabaseSync): void {
  const epoch = randomUUID();
  db.prepare("UPDATE log SET epoch = ?").run(epoch);
  db.prepare("UPDATE room SET epoch = ?").run(epoch);
}

/** If the write buffer's table has rows that are not as they were written. */
function damagedInBuffer(db: DatabaseSync): number[] {
  const rows = db.prepare("SELECT * FROM fresh").iterate() as unknown as Iterable<
    EntryRow & { readonly n: number; readonly room: number }
  >;
  return [...rows].filter((row) => !isSound(row.room, row)).map(({ n }) => n);
}
