import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { chatDraft, setDraft } from "../../../test/drafts.ts";
import type { Draft } from "../../log/log.ts";
import { recoverLog } from "./recovery.ts";
import { openDatabase } from "./schema.ts";
import { SqliteStore } from "./store.ts";

let dataDir: string;
let db: DatabaseSync;
let store: SqliteStore;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "parley-settings-"));
  db = openDatabase(dataDir);
  store = new SqliteStore(db);
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const add = (draft: Draft) => store.transaction(() => store.append("lobby", draft));
const read = () => store.read("lobby", { limit: 10, withSettings: true });
const valuesOf = () => read().settings?.map(({ payload }) => [payload.key, payload.value]);

it("[G2] [D1] sets nothing where the transaction fails", () => {
  add(setDraft("name", "Bees"));
  const failing = () => {
    store.append("lobby", setDraft("name", "Wasps"));
    throw new Error("disk full");
  };
  expect(() => store.transaction(failing)).toThrow("disk full");
  expect(valuesOf()).toEqual([["name", "Bees"]]);
});

it("[O3] [G2] takes a setting that its disk has altered from the log, and says so by a new epoch", () => {
  add(setDraft("topic", "Honey"));
  add(setDraft("name", "Bees"));
  const { epoch } = read();
  db.exec(`UPDATE setting SET payload = '{"key":"name","value":"Wasps"}' WHERE setting = 'name'`);
  const page = read();
  expect(page.epoch).not.toBe(epoch);
  expect(valuesOf()).toEqual([
    ["topic", "Honey"],
    ["name", "Bees"],
  ]);
  expect(store.takeFindings()).toEqual([{ roomId: "lobby", entries: 1 }]);
  expect(read().epoch).toBe(page.epoch);
});

it("[O3] [G2] takes a setting for another key's copy where its key is altered", () => {
  add(setDraft("name", "Bees"));
  db.exec("UPDATE setting SET setting = 'topic'");
  expect(valuesOf()).toEqual([["name", "Bees"]]);
});

it("[O3] [G2] goes back with the log where its last entries are lost", () => {
  add(setDraft("name", "Bees"));
  add(chatDraft("hi"));
  add(setDraft("name", "Wasps"));
  db.exec("UPDATE fresh SET crc = 0 WHERE seq = 3");
  expect(recoverLog(db, store.newest)).toHaveLength(1);
  store = new SqliteStore(db);
  expect(read()).toMatchObject({ head: 2 });
  expect(valuesOf()).toEqual([["name", "Bees"]]);
});

it("[G2] forgets the pins of trimmed messages with the next setting", () => {
  add(chatDraft("hi"));
  add(setDraft("pin:1", true));
  store.transaction(() => store.trim("lobby", 1, 0, 10));
  expect(valuesOf()).toEqual([]);
  add(setDraft("name", "Bees"));
  expect(db.prepare("SELECT setting FROM setting").all()).toEqual([{ setting: "name" }]);
});
