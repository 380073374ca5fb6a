import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { chatDraft, setDraft } from "../../../test/drafts.ts";
import { GENERATION_FILE } from "./generation-file.ts";
import { MARK_FILE } from "./mark.ts";
import { DATABASE_FILE, openDatabase } from "./schema.ts";
import { SqliteLog } from "./log.ts";

const SCHEMA_4 = new URL("../../../test/recordings/schema-4.sql", import.meta.url);

let dataDir: string;
let file: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "parley-schema-"));
  file = join(dataDir, DATABASE_FILE);
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const forGood = { entries: Infinity, ageMs: Infinity };
const open = () => SqliteLog.open({ dataDir, retention: forGood, faults: {} });

it("makes a data directory that is not there", async () => {
  dataDir = join(dataDir, "a", "b");
  const log = await open();
  await log.close();
  expect(existsSync(join(dataDir, DATABASE_FILE))).toBe(true);
});

it("syncs every commit to the disk (D1)", () => {
  const db = openDatabase(dataDir);
  expect(db.prepare("PRAGMA synchronous").get()).toEqual({ synchronous: 2 });
  expect(db.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  db.close();
});

it("lets one server at a time use a directory, and the next one after it", async () => {
  const first = await open();
  await expect(open()).rejects.toThrow(`Another server is using ${dataDir}.`);
  await first.close();
  await (await open()).close();
});

it("refuses another program's database, and leaves it as it was", async () => {
  const foreign = new DatabaseSync(file);
  foreign.exec("CREATE TABLE notes (text TEXT)");
  foreign.close();
  const before = readFileSync(file);
  await expect(open()).rejects.toThrow(`${file} is not a Parley database.`);
  expect(readFileSync(file)).toEqual(before);
});

it("refuses a file that is no database", async () => {
  writeFileSync(
    file,
    "just some text, long enough to be no header of a database at all ".repeat(99),
  );
  await expect(open()).rejects.toThrow(/cannot be opened: file is not a database/);
});

it("refuses a database of a newer schema, and names both", async () => {
  await (await open()).close();
  const newer = new DatabaseSync(file);
  newer.exec("PRAGMA user_version = 99");
  newer.close();
  await expect(open()).rejects.toThrow(
    /was written by a newer Parley \(schema 99, this one knows 5\)/,
  );
});

it("[D1] brings a database of schema 1 up to date, and goes on where it ended", async () => {
  const first = await open();
  await first.append("lobby", chatDraft("old"));
  const { epoch } = await first.read("lobby", { limit: 1 });
  await first.close();
  const older = new DatabaseSync(file);
  older.exec(`INSERT INTO entry SELECT room, seq, id, author, name, at, kind, payload, crc FROM fresh;
    UPDATE room SET head = 1; DROP TABLE fresh; DROP TABLE damage; DROP TABLE aging; DROP TABLE shelf; DROP TABLE setting; DROP INDEX entry_that_deletes;
    ALTER TABLE log DROP COLUMN newest; ALTER TABLE log DROP COLUMN generation;
    ALTER TABLE log DROP COLUMN file_generation; ALTER TABLE log DROP COLUMN born;
    ALTER TABLE log DROP COLUMN is_backup; ALTER TABLE room DROP COLUMN crc;
    ALTER TABLE entry DROP COLUMN crc; PRAGMA user_version = 1`);
  older.close();
  rmSync(join(dataDir, MARK_FILE));
  rmSync(join(dataDir, GENERATION_FILE));

  const log = await open();
  expect(await log.append("lobby", chatDraft("new"))).toMatchObject({
    entry: { payload: { seq: 2 } },
  });
  const page = await log.read("lobby", { limit: 10 });
  expect(page).toMatchObject({ epoch, head: 2 });
  expect(page.entries.map(({ payload }) => "message" in payload && payload.message)).toEqual([
    "old",
    "new",
  ]);
  await log.close();
});

it("[D1] [G2] brings a database of schema 4 up to date, and knows what was deleted before", async () => {
  const older = new DatabaseSync(file);
  older.exec(readFileSync(SCHEMA_4, "utf8"));
  older.close();
  const log = await open();
  const range = { limit: 10, withSettings: true } as const;
  expect(await log.read("lobby", range)).toMatchObject({ head: 6, first: 1, settings: [] });
  // One deletion had been flushed, the other one was still in the write buffer.
  for (const seq of [1, 2, 4]) {
    const pinned = await log.append("lobby", setDraft(`pin:${seq}`, true));
    expect(pinned).toEqual({ is: "unknown_target" });
  }
  await log.append("lobby", setDraft("pin:3", true));
  expect(await log.read("lobby", range)).toMatchObject({
    head: 7,
    settings: [{ payload: { key: "pin:3", seq: 7 } }],
  });
  await log.close();
});

it("refuses a damaged database", async () => {
  const log = await open();
  await Promise.all(Array.from({ length: 500 }, (_, n) => log.append("lobby", chatDraft(`${n}`))));
  await log.close();
  const bytes = readFileSync(file);
  const { size } = statSync(file);
  bytes.fill(0xff, Math.floor(size / 2), Math.floor(size / 2) + 8_192);
  writeFileSync(file, bytes);
  await expect(open()).rejects.toThrow(/is damaged|malformed/);
});

it("refuses a directory that cannot be made", async () => {
  writeFileSync(join(dataDir, "taken"), "");
  dataDir = join(dataDir, "taken");
  await expect(open()).rejects.toThrow(/cannot be used to store messages/);
});
