import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import type { Page } from "../../log/log.ts";
import { DATABASE_FILE } from "./schema.ts";
import type { Report } from "../../log/host-reports.ts";
import { SqliteLog } from "./log.ts";

/** More than the buffer holds of a room: the first 256 are flushed. */
const ENTRIES = 260;
const FLUSHED = 7;
const BUFFERED = 258;
const ALL = { after: 0, limit: 1_000 };
const DAMAGED = "This message was damaged on the server's disk and cannot be shown.";

let dataDir: string;
let log: SqliteLog;
let damage: Report[];
let before: Page;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "parley-damage-"));
  log = await open();
  const drafts = Array.from({ length: ENTRIES }, (_, n) => draft(n + 1));
  await Promise.all(drafts.map((each) => log.append("lobby", each)));
  before = await log.read("lobby", ALL);
});
afterEach(async () => {
  await log.close();
  rmSync(dataDir, { recursive: true });
});

function open(entries = Infinity): Promise<SqliteLog> {
  damage = [];
  const settings = { dataDir, retention: { entries, ageMs: Infinity }, faults: {} };
  return SqliteLog.open(settings, (report) => {
    if (report.is === "lost" || report.is === "damaged") damage.push(report);
  });
}

async function reopen(entries?: number): Promise<void> {
  await log.close();
  log = await open(entries);
}

const draft = (n: number) => chatDraft(`this is ${n}`, { id: `id-${n}` });

/** Alters the file like a failing disk, without the log's own code. */
function alter(sql: string, ...values: SQLInputValue[]): void {
  const db = openAsDisk();
  db.prepare(sql).run(...values);
  db.close();
}

function openAsDisk(): DatabaseSync {
  const options = { enableForeignKeyConstraints: false, defensive: false };
  return new DatabaseSync(join(dataDir, DATABASE_FILE), options);
}

/** Alters a row of the table alone: its index stays as it was. */
function alterBesideIndex(sql: string, ...values: SQLInputValue[]): void {
  const db = openAsDisk();
  db.exec("PRAGMA writable_schema = ON");
  const index = "SELECT * FROM sqlite_schema WHERE name = 'entry_by_id'";
  db.exec(`CREATE TEMP TABLE hidden AS ${index}`);
  db.exec("DELETE FROM sqlite_schema WHERE name = 'entry_by_id'; PRAGMA writable_schema = RESET");
  db.prepare(sql).run(...values);
  db.exec(`PRAGMA writable_schema = ON; INSERT INTO sqlite_schema SELECT * FROM hidden;
    PRAGMA writable_schema = RESET`);
  db.close();
}

const textsOf = ({ entries }: Page) =>
  entries.map(({ payload }) => ("message" in payload ? payload.message : undefined));

/** The room as it was, except that one entry says that it is damaged. */
const withDamage = (seq: number) => textsOf(before).with(seq - 1, DAMAGED);

describe("an entry that its disk has altered", () => {
  it.each(["id", "author", "name", "kind", "payload"])(
    "[O3] says so in its place, and its room has a new epoch, if this was altered: %s",
    async (column) => {
      alter(`UPDATE entry SET ${column} = ${column} || 'x' WHERE seq = ?`, FLUSHED);
      const page = await log.read("lobby", ALL);
      expect(textsOf(page)).toEqual(withDamage(FLUSHED));
      expect(page.entries.map(({ payload }) => payload.seq)).toEqual(
        before.entries.map(({ payload }) => payload.seq),
      );
      expect(page.epoch).not.toBe(before.epoch);
      expect(damage).toEqual([{ is: "damaged", entries: 1 }]);
    },
  );

  it("[O3] that is gone, or found in another place, says so in its own", async () => {
    alter("UPDATE entry SET seq = 1000 WHERE seq = ?", FLUSHED);
    const page = await log.read("lobby", ALL);
    expect(textsOf(page)).toEqual(withDamage(FLUSHED));
    expect(page.epoch).not.toBe(before.epoch);
  });

  it("[O3] is told once: its room keeps the new epoch, also through a restart", async () => {
    alter("UPDATE entry SET at = at + 1 WHERE seq = ?", FLUSHED);
    const page = await log.read("lobby", ALL);
    expect(await log.read("lobby", ALL)).toEqual(page);
    await reopen();
    expect(await log.read("lobby", ALL)).toEqual(page);
    expect(damage).toEqual([]);
  });

  it("[O3] is told to followers first", async () => {
    alter("DELETE FROM entry WHERE seq = ?", FLUSHED);
    const told: string[] = [];
    await log.follow(
      "lobby",
      ({ payload }) => told.push(payload.id),
      () => told.push("reset"),
    );
    await log.read("lobby", ALL).then(() => told.push("read"));
    await log.append("lobby", draft(1_000));
    expect(told).toEqual(["reset", "read", "id-1000"]);
  });

  it("is found by the scrub, before anybody reads it", async () => {
    alter("UPDATE entry SET name = 'Mallory' WHERE seq = ?", FLUSHED);
    const reset = new Promise<void>((resolve) => {
      void log.follow("lobby", () => {}, resolve);
    });
    await reset;
    expect(damage).toEqual([{ is: "damaged", entries: 1 }]);
  }, 60_000);

  it("[D2] has an id that nobody gets again, and is nobody's target", async () => {
    alter("UPDATE entry SET payload = '{}' WHERE seq = ?", FLUSHED);
    expect(await log.append("lobby", draft(FLUSHED))).toEqual({ is: "conflict" });
    expect(await log.find("lobby", { id: `id-${FLUSHED}` })).toBeUndefined();
  });

  it("goes with the others when the room is trimmed, also if the index has lost it", async () => {
    await log.close();
    alterBesideIndex("UPDATE entry SET id = 'other' WHERE seq = ?", FLUSHED);
    log = await open(10);
    await until(async () => {
      expect((await log.read("lobby", ALL)).first).toBe(ENTRIES - 9);
    });
  });
});

describe("a buffered entry that its disk has altered", () => {
  it("[O3] says so at the next start, and every room has a new epoch", async () => {
    await log.append("kitchen", draft(1));
    alter('UPDATE fresh SET payload = \'{"message":"forged"}\' WHERE seq = ?', BUFFERED);
    await reopen();
    const page = await log.read("lobby", ALL);
    expect(textsOf(page)).toEqual(withDamage(BUFFERED));
    expect(page.epoch).not.toBe(before.epoch);
    expect((await log.read("kitchen", ALL)).epoch).not.toBe(before.epoch);
    expect(damage).toContainEqual({ is: "lost", what: "1 of the newest entries are damaged" });
  });

  it("[O1, O3] at the end of its room leaves it shorter, with a new epoch", async () => {
    alter("UPDATE fresh SET room = 99 WHERE seq = ?", ENTRIES);
    await reopen();
    const page = await log.read("lobby", ALL);
    expect(page.head).toBe(ENTRIES - 1);
    expect(page.epoch).not.toBe(before.epoch);
    expect(await log.append("lobby", draft(1_000))).toMatchObject({ is: "new" });
    await reopen();
    expect(await log.read("lobby", ALL)).toMatchObject({ head: ENTRIES });
  });
});

describe("a room whose facts its disk has altered", () => {
  it.each(["head = head + 1", "first = first + 1", "id = 'other'"])(
    "is refused at the start: %s",
    async (change) => {
      await log.close();
      alter(`UPDATE room SET ${change}`);
      await expect(open()).rejects.toThrow(/is damaged \(the heads of 1 rooms/);
      alter("UPDATE room SET head = 256, first = 1, id = 'lobby'");
      log = await open();
      expect(await log.read("lobby", ALL)).toEqual(before);
    },
  );
});
