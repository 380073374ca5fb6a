import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { openDatabase } from "./schema.ts";
import { startScrubbing } from "./scrubbing.ts";
import { SqliteStore } from "./store.ts";

const STEP_MS = 1_000;

describe("the scrub", () => {
  let dataDir: string;
  let db: DatabaseSync;
  let store: SqliteStore;
  /** What was read, as the room and after which `seq`. */
  let reads: string[];
  let failing: string | undefined;
  let failure: Error;
  beforeEach(() => {
    vi.useFakeTimers();
    dataDir = mkdtempSync(join(tmpdir(), "parley-scrub-"));
    db = openDatabase(dataDir);
    store = new SqliteStore(db, { aRoom: 20, inAll: 200, chars: 1_000_000 });
    store.transaction(() => {
      for (const [room, entries] of Object.entries({ hall: 150, lobby: 64, attic: 1 })) {
        for (let n = 0; n < entries; n += 1) store.append(room, chatDraft(`${n}`));
      }
    });
    [reads, failing] = [[], undefined];
    failure = Object.assign(new Error("disk I/O error"), { errcode: 778 });
    const { read } = store;
    store.read = (roomId, range) => {
      reads.push(`${roomId} ${"after" in range ? range.after : "-"} ${range.limit}`);
      if (roomId === failing) throw failure;
      return read.call(store, roomId, range);
    };
  });
  afterEach(() => {
    vi.useRealTimers();
    db.close();
    rmSync(dataDir, { recursive: true });
  });

  const ROUND = [
    "hall 0 64",
    "hall 64 64",
    "hall 128 64",
    "lobby 0 64",
    "lobby 64 64",
    "attic 0 64",
  ];

  it("reads all entries of all rooms, a few a second, and begins again", () => {
    const onStep = vi.fn<() => void>();
    startScrubbing(store, onStep, () => {});
    vi.advanceTimersByTime(STEP_MS);
    expect(reads).toEqual(ROUND.slice(0, 1));
    expect(onStep).toHaveBeenCalledOnce();
    // After the last room there is a step without a read.
    vi.advanceTimersByTime((ROUND.length + 2) * STEP_MS);
    expect(reads).toEqual([...ROUND, ...ROUND.slice(0, 2)]);
    expect(onStep).toHaveBeenCalledTimes(ROUND.length + 3);
  });

  it("goes on behind a room that cannot be read, and comes back to it", () => {
    failing = "lobby";
    startScrubbing(
      store,
      () => {},
      () => {},
    );
    vi.advanceTimersByTime(6 * STEP_MS);
    expect(reads).toEqual([...ROUND.slice(0, 4), "attic 0 64"]);
    failing = undefined;
    reads = [];
    vi.advanceTimersByTime(6 * STEP_MS);
    expect(reads).toEqual(ROUND);
  });

  it("throws what is no failure of the disk", () => {
    failing = "hall";
    failure = new TypeError("a bug");
    const stop = startScrubbing(
      store,
      () => {},
      () => {},
    );
    expect(() => vi.advanceTimersByTime(STEP_MS)).toThrow(failure);
    stop();
  });

  /** Does something while the index of ids is hidden: it does not hear of it. */
  function besideIndex(work: () => void): void {
    const { type, name, tbl_name, rootpage, sql } = db
      .prepare("SELECT * FROM sqlite_schema WHERE name = 'entry_by_id'")
      .get() as Record<string, string | number>;
    const write = (change: () => void) => {
      db.exec("PRAGMA writable_schema = ON");
      change();
      db.exec("PRAGMA writable_schema = RESET");
    };
    db.enableDefensive(false);
    write(() => db.exec("DELETE FROM sqlite_schema WHERE name = 'entry_by_id'"));
    work();
    const row = [type, name, tbl_name, rootpage, sql] as string[];
    write(() => db.prepare("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)").run(...row));
  }

  it("[D2] makes the index of ids again if it has lost one, so that a repeat is known", () => {
    const draft = chatDraft("said once", { id: "once" });
    const append = () => store.transaction(() => store.append("attic", draft).is);
    besideIndex(() => {
      expect(append()).toBe("new");
      // So many more that all of them are flushed.
      store.transaction(() => {
        for (let n = 0; n < 40; n += 1) store.append("attic", chatDraft(`${n}`));
      });
    });
    expect(store.find("attic", { id: "once" })).toBeUndefined();
    const onReindexed = vi.fn<() => void>();
    startScrubbing(store, () => {}, onReindexed);
    vi.advanceTimersByTime(2 * ROUND.length * STEP_MS);
    expect(onReindexed).toHaveBeenCalledOnce();
    expect(append()).toBe("repeat");
    expect(store.find("attic", { id: "once" })).toMatchObject({ payload: { id: "once" } });
  });

  it("stops when it is told to", () => {
    const stop = startScrubbing(
      store,
      () => {},
      () => {},
    );
    vi.advanceTimersByTime(STEP_MS);
    stop();
    vi.advanceTimersByTime(5 * STEP_MS);
    expect(reads).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
