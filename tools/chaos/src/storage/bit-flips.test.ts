import { cpSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Draft, Page } from "@parley/server/log";
import { AcknowledgedMark } from "@parley/server/backends/sqlite/mark";
import { recoverLog } from "@parley/server/backends/sqlite/recovery";
import { openDatabase } from "@parley/server/backends/sqlite/schema";
import { SqliteStore } from "@parley/server/backends/sqlite/store";
import { SqliteLog } from "@parley/server/backends/sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { copyCrashImage } from "./crash-image.ts";

/** How many bits are flipped in a file, one in each of as many copies. */
const FLIPS = 60;
/** A large prime, so that the flips are spread over the file and hit every part of a page. */
const STRIDE = 104_729;
const WITHIN_MS = 300_000;
const ROOMS = ["lobby", "kitchen", "attic"];
const ALL = { after: 0, limit: 10_000 };

let image: string;
let before: ReadonlyMap<string, Page>;
const used: string[] = [];

/**
 * A log with flushed entries, entries in the write buffer and a write-ahead log, as kill -9 leaves
 * it.
 */
beforeAll(async () => {
  const running = await directory();
  image = await directory();
  const settings = {
    dataDir: running,
    retention: { entries: Infinity, ageMs: Infinity },
    faults: {},
  };
  const first = await SqliteLog.open(settings);
  await say(first, 0, 700);
  await first.close();
  const log = await SqliteLog.open(settings);
  for (let n = 700; n < 760; n += 6) await say(log, n, n + 6);
  const pages = await Promise.all(
    ROOMS.map(async (room) => [room, await log.read(room, ALL)] as const),
  );
  before = new Map(pages);
  copyCrashImage(running, image);
  await log.close();
}, WITHIN_MS);
afterAll(async () => {
  for (const each of used) await rm(each, { recursive: true });
});

async function directory(): Promise<string> {
  const made = await makeTemporaryFolder("store");
  used.push(made);
  return made;
}

async function say(log: SqliteLog, from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  await Promise.all(
    numbers.map((n) => {
      const from = { id: `person-${n % 7}`, name: `Person ${n % 7}` };
      const payload = { id: `id-${n}`, message: `what was said as number ${n}`, at: n, from };
      const draft: Draft = { type: "chat", payload };
      return log.append(ROOMS[n % 10 === 0 ? 1 : n % 50 === 1 ? 2 : 0] ?? "", draft);
    }),
  );
}

/** Starts on a data directory like the server, and reads everything; undefined: it is refused. */
function startOn(dataDir: string): Map<string, Page> | undefined {
  let db: ReturnType<typeof openDatabase> | undefined;
  const mark = AcknowledgedMark.open(dataDir);
  try {
    db = openDatabase(dataDir);
    recoverLog(db, mark.count);
    const store = new SqliteStore(db);
    return new Map(ROOMS.map((room) => [room, store.read(room, ALL)]));
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return undefined;
  } finally {
    mark.close();
    db?.close();
  }
}

/** What is wrong with a room after a flip: altered text, or an unreported loss. */
function wrongIn(room: string, page: Page): string[] {
  const original = before.get(room);
  if (!original) return [`${room} was not there before`];
  const genuine = new Set(original.entries.map((entry) => JSON.stringify(entry)));
  const forged = page.entries.filter(
    (entry) => entry.payload.from.id !== "damaged" && !genuine.has(JSON.stringify(entry)),
  );
  const isTold = page.epoch !== original.epoch;
  const isWhole = JSON.stringify(page.entries) === JSON.stringify(original.entries);
  return [
    ...forged.map((entry) => `${room}: ${JSON.stringify(entry)} was never said`),
    ...(isTold || isWhole ? [] : [`${room}: a loss was not told`]),
  ];
}

describe("a bit that is flipped after kill -9", () => {
  it(
    "makes the difference: without it everything is there, in the same epoch",
    async () => {
      const copy = await directory();
      cpSync(image, copy, { recursive: true });
      expect(startOn(copy)).toEqual(before);
    },
    WITHIN_MS,
  );

  it.each(["parley.db", "parley.db-wal"])(
    "[D1, O3] in %s is refused, or shows genuine text only and tells every loss",
    async (name) => {
      const copy = await directory();
      const { size } = statSync(join(image, name));
      const wrong: string[] = [];
      let started = 0;
      for (let n = 0; n < FLIPS; n += 1) {
        await rm(copy, { recursive: true });
        cpSync(image, copy, { recursive: true });
        const at = (n * STRIDE + n) % size;
        const bytes = readFileSync(join(image, name));
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (n % 8));
        writeFileSync(join(copy, name), bytes);
        const pages = startOn(copy);
        if (!pages) continue;
        started += 1;
        for (const [room, page] of pages) {
          wrong.push(...wrongIn(room, page).map((what) => `byte ${at}: ${what}`));
        }
      }
      expect(wrong).toEqual([]);
      expect(started).toBeGreaterThan(0);
    },
    WITHIN_MS,
  );
});
