import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { AGING_SCHEMA } from "./aging.ts";
import { DATABASE_FILE, openDatabase } from "./schema.ts";
import { SqliteStore } from "./store.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "parley-aging-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** A few rooms, flushed, half flushed, buffered and emptied. */
function fill(db: DatabaseSync): void {
  const store = new SqliteStore(db, { aRoom: 4, inAll: 100, chars: 10_000 });
  store.transaction(() => {
    for (const [room, entries] of [3, 4, 6, 9, 1].entries()) {
      for (let n = 0; n < entries; n += 1) {
        store.append(`room-${room}`, chatDraft(`${n}`, { at: 1_000 * room + n }));
      }
    }
    store.trim("room-3", 5, 0, 100);
    store.trim("room-4", 0, 0, 100);
  });
}

it("knows of each room how old its first entry is, also in a database that did not keep it", () => {
  const db = openDatabase(dataDir);
  fill(db);
  const ages = () => db.prepare("SELECT * FROM aging ORDER BY room").all();
  const kept = ages();
  expect(kept.map(({ oldest }) => oldest)).toEqual([0, 1_000, 2_000, 3_004]);
  db.exec("DROP TABLE aging");
  db.exec(AGING_SCHEMA);
  expect(ages()).toEqual(kept);
  db.close();
});

it("lets a small database shrink that was made without that", () => {
  openDatabase(dataDir).close();
  const file = join(dataDir, DATABASE_FILE);
  const older = new DatabaseSync(file);
  older.exec("PRAGMA auto_vacuum = NONE");
  older.exec("VACUUM");
  expect(older.prepare("PRAGMA auto_vacuum").get()).toEqual({ auto_vacuum: 0 });
  older.close();
  const db = openDatabase(dataDir);
  expect(db.prepare("PRAGMA auto_vacuum").get()).toEqual({ auto_vacuum: 2 });
  db.close();
});
