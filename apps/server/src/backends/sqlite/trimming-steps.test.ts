import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { Overtaken } from "./ownership.ts";
import { openDatabase } from "./schema.ts";
import { SqliteStore } from "./store.ts";
import { ENTRIES_A_STEP, startTrimming, Trimming } from "./trimming.ts";
import type { TrimmingReport } from "../../log/host-reports.ts";
import { Upkeep } from "./upkeep.ts";

const A_MINUTE_MS = 60_000;
const KEPT = 10;
const lastTen = { ageMs: Infinity, entries: KEPT };

let dataDir: string;
let db: DatabaseSync;
let store: SqliteStore;
let upkeep: Upkeep;
let told: TrimmingReport[];
const tell = (report: TrimmingReport) => told.push(report);
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "parley-steps-"));
  db = openDatabase(dataDir);
  store = new SqliteStore(db, { aRoom: 20, inAll: 200, chars: 1_000_000 });
  upkeep = new Upkeep(db, store);
  told = [];
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

function fill(roomId: string, surplus: number): void {
  store.transaction(() => {
    for (let n = 0; n < KEPT + surplus; n += 1) store.append(roomId, chatDraft(`${n}`));
  });
}

const goneFrom = (roomId: string) => store.read(roomId, { limit: 0 }).first - 1;

describe("the steps of trimming", () => {
  let steady: number;
  beforeEach(() => {
    steady = 0;
  });

  const start = () => new Trimming(store, upkeep, lastTen, () => ({ wall: steady, steady }), tell);

  it("take so many entries at the most, of all rooms together", () => {
    for (const room of ["a", "b", "c"]) fill(room, 40);
    const trimming = start();
    trimming.step();
    expect(["a", "b", "c"].map(goneFrom)).toEqual([40, ENTRIES_A_STEP - 40, 0]);
  });

  it("tell once a minute what went, for as long as they last", () => {
    for (const room of ["a", "b", "c"]) fill(room, 3 * ENTRIES_A_STEP);
    const trimming = start();
    const stepAfter = (ms: number) => {
      steady += ms;
      trimming.step();
      return told.splice(0);
    };
    const trimmed = (entries: number) => ({ is: "trimmed", why: "number", entries, rooms: 1 });
    expect(stepAfter(A_MINUTE_MS - 1)).toEqual([]);
    expect(stepAfter(1)).toEqual([trimmed(2 * ENTRIES_A_STEP)]);
    expect(stepAfter(A_MINUTE_MS - 1)).toEqual([]);
    expect(stepAfter(1)).toEqual([{ ...trimmed(2 * ENTRIES_A_STEP), rooms: 2 }]);
  });

  it("bring the write-ahead log into the database with every fourth", () => {
    fill("lobby", 9 * ENTRIES_A_STEP);
    const checkpoint = vi.spyOn(upkeep, "checkpoint");
    const trimming = start();
    const after = [1, 2, 3, 4, 5, 6, 7, 8].map(() => {
      trimming.step();
      return checkpoint.mock.calls.length;
    });
    expect(after).toEqual([0, 0, 0, 1, 1, 1, 1, 2]);
  });
});

describe("trimming in the background", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    fill("lobby", 3 * ENTRIES_A_STEP);
  });
  afterEach(() => vi.useRealTimers());

  const start = (onOvertaken = (_error: Overtaken) => {}) =>
    startTrimming(store, upkeep, lastTen, tell, onOvertaken);

  it("goes on until nothing is left to go, looks every minute, and stops when it is told to", () => {
    const stop = start();
    vi.advanceTimersByTime(1_000);
    expect(goneFrom("lobby")).toBe(3 * ENTRIES_A_STEP);
    fill("attic", 1);
    vi.advanceTimersByTime(A_MINUTE_MS);
    expect(goneFrom("attic")).toBe(1);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("tries again after a minute what a disk has refused", () => {
    const { transaction } = store;
    store.transaction = () => {
      throw new Error("the disk fails");
    };
    const onOvertaken = vi.fn<(error: Overtaken) => void>();
    const stop = start(onOvertaken);
    vi.advanceTimersByTime(A_MINUTE_MS - 1);
    store.transaction = transaction;
    expect(goneFrom("lobby")).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(goneFrom("lobby")).toBe(3 * ENTRIES_A_STEP);
    expect(onOvertaken).not.toHaveBeenCalled();
    stop();
  });

  it("ends if another server took the log over", () => {
    const overtaken = new Overtaken("another server");
    store.transaction = () => {
      throw overtaken;
    };
    const onOvertaken = vi.fn<(error: Overtaken) => void>();
    start(onOvertaken);
    vi.advanceTimersByTime(2 * A_MINUTE_MS);
    expect(onOvertaken.mock.calls).toEqual([[overtaken]]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
