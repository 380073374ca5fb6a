import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { DATABASE_FILE, openDatabase } from "./schema.ts";
import { SqliteStore } from "./store.ts";
import { rewriteWal } from "./wal.ts";

let dataDir: string;
let db: DatabaseSync;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "parley-wal-"));
  db = openDatabase(dataDir);
});
afterEach(() => {
  if (db.isOpen) db.close();
  rmSync(dataDir, { recursive: true });
});

const file = () => join(dataDir, DATABASE_FILE);
const wal = () => `${file()}-wal`;
const say = (store: SqliteStore, text: string) =>
  store.transaction(() => store.append("lobby", chatDraft(text)));
const fail = (store: SqliteStore) =>
  expect(() =>
    store.transaction(() => {
      store.append("lobby", chatDraft("lost"));
      throw new Error("broken off");
    }),
  ).toThrow("broken off");

/** What another process sees in the database alone, without the write-ahead log. */
function rowsWithoutWal(): number {
  const copy = join(dataDir, "copy.db");
  copyFileSync(file(), copy);
  const alone = new DatabaseSync(copy);
  const rows = Number(alone.prepare("SELECT count(*) AS rows FROM fresh").get()?.["rows"]);
  alone.close();
  return rows;
}

describe("a write-ahead log", () => {
  it("[D1] is written over itself byte by byte, also if it is longer than a piece", () => {
    const store = new SqliteStore(db);
    for (let n = 0; n < 200; n += 1) say(store, "x".repeat(4_000));
    const before = readFileSync(wal());
    expect(before.length).toBeGreaterThan(1024 * 1024);
    rewriteWal(wal());
    expect(readFileSync(wal()).equals(before)).toBe(true);
  });

  it("that is not there is not made", () => {
    rewriteWal(join(dataDir, "none"));
    expect(existsSync(join(dataDir, "none"))).toBe(false);
  });

  it("[D1] is emptied into the database before the first write after a start", () => {
    say(new SqliteStore(db), "before");
    const again = new SqliteStore(db);
    expect(statSync(wal()).size).toBeGreaterThan(0);
    say(again, "after");
    expect(rowsWithoutWal()).toBe(1);
  });

  it("[D1] is emptied into the database before the first write after one that failed", () => {
    const store = new SqliteStore(db);
    say(store, "before");
    fail(store);
    say(store, "after");
    expect(rowsWithoutWal()).toBe(1);
  });

  it("[D1, D4] that cannot be emptied lets nothing be written, until it can", () => {
    const store = new SqliteStore(db);
    say(store, "before");
    const reader = new DatabaseSync(file());
    reader.exec("BEGIN");
    reader.prepare("SELECT count(*) FROM fresh").get();
    fail(store);
    db.exec("PRAGMA busy_timeout = 0");
    expect(() => say(store, "too early")).toThrow("is being read");
    expect(() => say(store, "too early")).toThrow("is being read");
    reader.exec("COMMIT");
    expect(say(store, "after")).toMatchObject({ is: "new", seq: 2 });
    reader.close();
  });
});
