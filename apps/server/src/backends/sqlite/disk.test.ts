import { mkdtempSync, renameSync, rmSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DiskWatch, PEACE_MS, QUIET_MS, ROOM_BYTES } from "./disk.ts";
import { openDatabase } from "./schema.ts";
import { SqliteStore } from "./store.ts";
import { Upkeep } from "./upkeep.ts";

let folder: string;
let dataDir: string;
let db: DatabaseSync;
let told: (string | undefined)[];
let ms: number;
let free: number;
let disk: DiskWatch;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-disk-watch-"));
  dataDir = mkdtempSync(join(folder, "data-"));
  db = openDatabase(dataDir);
  told = [];
  ms = 0;
  free = ROOM_BYTES;
  disk = new DiskWatch(
    dataDir,
    () => new Upkeep(db, new SqliteStore(db)).touch(),
    (found) => told.push(found?.trouble),
    () => ms,
    () => free,
  );
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const full = Object.assign(new Error("database or disk is full"), { errcode: 13 });
const broken = Object.assign(new Error("disk I/O error"), { errcode: 778 });

describe("a disk that does not store", () => {
  it("is told when the first message is refused, not at each one", () => {
    for (let n = 0; n < 50; n += 1) disk.failed(full);
    expect(told).toEqual(["disk_full"]);
  });

  it("is told apart from one that fails", () => {
    disk.failed(broken);
    expect(told).toEqual(["disk_failing"]);
  });

  it("is well again once it takes a probe and something was stored", () => {
    disk.failed(full);
    disk.look();
    expect(told).toEqual(["disk_full"]);
    disk.stored();
    disk.look();
    disk.look();
    expect(told).toEqual(["disk_full", undefined]);
  });

  it("is not well again if it took a message and is all but full", () => {
    disk.failed(full);
    free = ROOM_BYTES - 1;
    disk.stored();
    ms = PEACE_MS - 1;
    disk.look();
    expect(told).toEqual(["disk_full"]);
    ms = PEACE_MS;
    disk.look();
    expect(told).toEqual(["disk_full", undefined]);
  });

  it("is well again if it failed, was never full, and stores", () => {
    disk.failed(broken);
    free = 0;
    disk.stored();
    disk.look();
    expect(told).toEqual(["disk_failing", undefined]);
  });

  it("is not well again while anything is refused", () => {
    disk.failed(full);
    disk.stored();
    disk.failed(full);
    ms = QUIET_MS - 1;
    disk.look();
    expect(told).toEqual(["disk_full"]);
  });

  it("is well again after a while in which nobody wrote, if it takes a probe", () => {
    disk.failed(full);
    ms = QUIET_MS;
    disk.look();
    expect(told).toEqual(["disk_full", undefined]);
  });
});

describe("a data directory that goes away under the server", () => {
  it("[D1] is found before anything is acknowledged into it", () => {
    disk.check();
    rmSync(dataDir, { recursive: true });
    expect(() => disk.check()).toThrow(/is not the file it was/);
  });

  it("[D1] is found if only what was not checkpointed is gone", () => {
    unlinkSync(join(dataDir, "parley.db-wal"));
    expect(() => disk.check()).toThrow(/parley.db-wal is not the file it was/);
  });

  it("is told without a message that is refused", () => {
    rmSync(dataDir, { recursive: true });
    disk.look();
    expect(told).toEqual(["data_dir_gone"]);
  });

  it("[D1] is not the one that somebody puts in its place", () => {
    renameSync(dataDir, join(folder, "away"));
    openDatabase(mkdtempSync(join(folder, "other-"))).close();
    disk.look();
    expect(told).toEqual(["data_dir_gone"]);
  });

  it("is told to be over once it is back as it was", () => {
    const away = join(folder, "away");
    renameSync(dataDir, away);
    disk.look();
    renameSync(away, dataDir);
    ms = QUIET_MS;
    disk.look();
    expect(told).toEqual(["data_dir_gone", undefined]);
  });
});
