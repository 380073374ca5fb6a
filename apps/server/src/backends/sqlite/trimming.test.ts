import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { STEADY_FOR_MS } from "../../timing/believable-clock.ts";
import type { Retention } from "../../log/retention.ts";
import { DATABASE_FILE, openDatabase } from "./schema.ts";
import { SqliteStore } from "./store.ts";
import {
  ENTRIES_A_STEP,
  FREE_PAGES_KEPT,
  PAGES_A_STEP,
  ROOMS_A_STEP,
  Trimming,
} from "./trimming.ts";
import type { TrimmingReport } from "../../log/host-reports.ts";
import { Upkeep } from "./upkeep.ts";

const A_MINUTE_MS = 60_000;
const A_DAY_MS = 86_400_000;
const NOW = 1_800_000_000_000;
const A_DAY: Retention = { ageMs: A_DAY_MS, entries: Infinity };
const ALL = { after: 0, limit: 100_000 };
/** What a page of a write-ahead log takes, with its header. */
const FRAME_BYTES = 4_096 + 24;

let dataDir: string;
let db: DatabaseSync;
let store: SqliteStore;
let wall: number;
let steady: number;
let told: TrimmingReport[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "parley-trimming-"));
  db = openDatabase(dataDir);
  store = new SqliteStore(db, { aRoom: 20, inAll: 200, chars: 1_000_000 });
  wall = NOW;
  steady = 0;
  told = [];
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

function say(roomId: string, at: number, text = "hi"): void {
  store.transaction(() => store.append(roomId, chatDraft(text, { at })));
}

function fill(roomId: string, entries: number, at: number, text?: string): void {
  store.transaction(() => {
    for (let n = 0; n < entries; n += 1) {
      store.append(roomId, chatDraft(text ?? `${n}`, { at, id: `${roomId}-${n}` }));
    }
  });
}

const start = (retention: Retention) =>
  new Trimming(
    store,
    new Upkeep(db, store),
    retention,
    () => ({ wall, steady }),
    (report) => told.push(report),
  );

/** Lets time pass, with a look now and then, until there is nothing to do. */
function pass(trimming: Trimming, ms: number): number {
  let steps = 0;
  for (let left = ms; left > 0; left -= A_MINUTE_MS) {
    const passed = Math.min(left, A_MINUTE_MS);
    wall += passed;
    steady += passed;
    while (trimming.step() < A_MINUTE_MS) steps += 1;
  }
  return steps;
}

const seqsOf = (roomId: string) =>
  store.read(roomId, ALL).entries.map(({ payload }) => payload.seq);

describe("the shelf", () => {
  const FOR_GOOD: Retention = { ageMs: Infinity, entries: Infinity };
  const put = (n: number, until: number) => {
    const item = { key: `mark:${n}`, value: "", until };
    store.transaction(() => store.shelf.put(item, NOW));
  };

  it("loses exactly what has ended, however much that is", () => {
    for (let n = 0; n < 200; n += 1) put(n, NOW + 1);
    put(200, NOW + STEADY_FOR_MS + 2 * A_MINUTE_MS);
    const trimming = start(FOR_GOOD);
    pass(trimming, STEADY_FOR_MS - 1);
    expect(store.shelf.list("mark:", NOW)).toHaveLength(201);
    pass(trimming, A_MINUTE_MS);
    expect(store.shelf.list("mark:", NOW)).toHaveLength(1);
  });

  it("loses nothing to a clock that is set far ahead", () => {
    put(1, NOW + A_DAY_MS);
    const trimming = start(FOR_GOOD);
    pass(trimming, STEADY_FOR_MS);
    wall += 2 * A_DAY_MS;
    pass(trimming, A_MINUTE_MS);
    wall -= 2 * A_DAY_MS;
    pass(trimming, A_MINUTE_MS);
    expect(store.shelf.list("mark:", NOW)).toHaveLength(1);
  });
});

describe("age", () => {
  it("drops exactly the entries that are too old, to the ms", () => {
    const end = NOW + STEADY_FOR_MS;
    say("lobby", end - A_DAY_MS - 1);
    say("lobby", end - A_DAY_MS);
    say("lobby", NOW);
    pass(start(A_DAY), STEADY_FOR_MS);
    expect(store.read("lobby", ALL).first).toBe(2);
  });

  it("drops it from every room, however many steps that takes", () => {
    const rooms = Array.from({ length: ROOMS_A_STEP * 3 + 1 }, (_, n) => `room-${n}`);
    for (const [n, room] of rooms.entries()) {
      fill(room, n % 3 === 0 ? ENTRIES_A_STEP + 5 : 3, NOW - A_DAY_MS);
      say(room, NOW, "young");
    }
    const steps = pass(start(A_DAY), STEADY_FOR_MS + A_MINUTE_MS);
    for (const room of rooms) expect(store.read(room, ALL).entries, room).toHaveLength(1);
    expect(steps).toBeGreaterThanOrEqual(rooms.length / ROOMS_A_STEP);
    expect(store.ages.before(NOW, 1)).toEqual([]);
  });

  it("goes by the entry that is first now, also if all went and others came", () => {
    fill("lobby", 3, NOW - A_DAY_MS);
    say("elsewhere", NOW);
    const trimming = start(A_DAY);
    pass(trimming, STEADY_FOR_MS);
    expect(seqsOf("lobby")).toEqual([]);
    say("lobby", wall);
    pass(trimming, A_DAY_MS - A_MINUTE_MS);
    expect(seqsOf("lobby")).toEqual([4]);
    pass(trimming, 2 * A_MINUTE_MS);
    expect(seqsOf("lobby")).toEqual([]);
  });

  it("drops nothing in the first ten minutes after a start", () => {
    fill("lobby", 3, NOW - 2 * A_DAY_MS);
    say("elsewhere", NOW);
    const trimming = start(A_DAY);
    pass(trimming, STEADY_FOR_MS - A_MINUTE_MS);
    expect(seqsOf("lobby")).toHaveLength(3);
    pass(trimming, A_MINUTE_MS);
    expect(seqsOf("lobby")).toHaveLength(0);
  });

  it("believes no clock that jumps ahead for a while", () => {
    fill("lobby", 3, NOW);
    const trimming = start(A_DAY);
    pass(trimming, 3 * STEADY_FOR_MS);
    wall += 2 * A_DAY_MS;
    pass(trimming, 70_000);
    wall -= 2 * A_DAY_MS;
    pass(trimming, 3 * STEADY_FOR_MS);
    expect(seqsOf("lobby")).toHaveLength(3);
    expect(told.map((report) => report.is)).toEqual(["clock", "clock"]);
    expect(told.at(-1)).toEqual({ is: "clock", aheadMs: 0 });
  });

  it("believes no clock that is wrong at a start", () => {
    fill("lobby", 3, NOW);
    wall = NOW + 2 * A_DAY_MS;
    const trimming = start(A_DAY);
    pass(trimming, 3 * STEADY_FOR_MS);
    expect(seqsOf("lobby")).toHaveLength(3);
  });
});

describe("number", () => {
  const lastTen: Retention = { ageMs: Infinity, entries: 10 };

  it("drops what is more than the last so many, of every room, at a start and as they grow", () => {
    const rooms = Array.from({ length: ROOMS_A_STEP * 2 + 1 }, (_, n) => `room-${n}`);
    for (const room of rooms) fill(room, ENTRIES_A_STEP, NOW);
    fill("short", 10, NOW);
    const trimming = start(lastTen);
    pass(trimming, A_MINUTE_MS);
    for (const room of rooms) expect(store.read(room, ALL).entries, room).toHaveLength(10);
    expect(store.read("short", ALL).first).toBe(1);
    say("short", NOW, "one more");
    pass(trimming, A_MINUTE_MS);
    expect(store.read("short", ALL)).toMatchObject({ first: 2, head: 11 });
  });

  it("tells how much went and why, once for all steps", () => {
    fill("lobby", 10 + ENTRIES_A_STEP * 3, NOW);
    fill("attic", 11, NOW);
    const trimming = start(lastTen);
    while (trimming.step() < A_MINUTE_MS);
    expect(told).toEqual([
      { is: "trimmed", why: "number", entries: ENTRIES_A_STEP * 3 + 1, rooms: 2 },
    ]);
  });
});

describe("the work of it", () => {
  it("is none if nothing is to be dropped, however many rooms there are", () => {
    for (let n = 0; n < 300; n += 1) say(`room-${n}`, NOW);
    const trimming = start({ ageMs: A_DAY_MS, entries: 10 });
    let trims = 0;
    let transactions = 0;
    const { trim, transaction } = store;
    store.trim = (...call) => {
      trims += 1;
      return trim.apply(store, call);
    };
    store.transaction = (work) => {
      transactions += 1;
      return transaction.call(store, work) as ReturnType<typeof work>;
    };
    pass(trimming, 6 * STEADY_FOR_MS);
    expect([trims, transactions]).toEqual([0, 0]);
    const plan = db
      .prepare("EXPLAIN QUERY PLAN SELECT room FROM aging WHERE oldest < 1 ORDER BY oldest LIMIT 8")
      .all();
    expect(plan.map(({ detail }) => detail)).toEqual([
      "SEARCH aging USING COVERING INDEX aging_by_age (oldest<?)",
    ]);
  });

  it("dirties few pages a step, so that nobody's message waits long", () => {
    const rooms = Array.from({ length: 20 }, (_, n) => `room-${n}`);
    for (let n = 0; n < 20; n += 1)
      for (const room of rooms) fill(room, 100, NOW, `${n}`.repeat(40));
    const trimming = start({ ageMs: Infinity, entries: 10 });
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    db.exec("PRAGMA wal_autocheckpoint = 0");
    const wal = join(dataDir, `${DATABASE_FILE}-wal`);
    let pages = 0;
    let most = 0;
    for (;;) {
      db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      const pause = trimming.step();
      pages = statSync(wal).size / FRAME_BYTES;
      most = Math.max(most, pages);
      if (pause >= A_MINUTE_MS) break;
    }
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThan(4 * ENTRIES_A_STEP);
  });

  it("gives what is free back to the disk, a few pages a step, and keeps some", () => {
    const long = "x".repeat(3_900);
    const pagesNeeded = FREE_PAGES_KEPT + 5 * PAGES_A_STEP;
    fill("lobby", pagesNeeded + 100, NOW, long);
    const before = db.prepare("PRAGMA page_count").get()?.["page_count"] as number;
    const trimming = start({ ageMs: Infinity, entries: 10 });
    while (trimming.step() < A_MINUTE_MS);
    const free = db.prepare("PRAGMA freelist_count").get()?.["freelist_count"];
    const after = db.prepare("PRAGMA page_count").get()?.["page_count"] as number;
    expect(free).toBeLessThanOrEqual(FREE_PAGES_KEPT);
    expect(after).toBeLessThan(before - 4 * PAGES_A_STEP);
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    expect(statSync(join(dataDir, DATABASE_FILE)).size).toBe(after * 4_096);
  });
});
