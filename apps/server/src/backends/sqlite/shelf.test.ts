import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LogUnavailable } from "../../log/log.ts";
import { openDatabase } from "./schema.ts";
import { SqliteLog } from "./log.ts";
import { describeShelfContract, type OpenShelf } from "../../shelf/shelf.contract.ts";
import { ShelfRows } from "./shelf.ts";

let folder: string;
let directories = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-shelf-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function newDirectory(): string {
  directories += 1;
  return mkdtempSync(join(folder, `${directories}-`));
}

const openLog = (dataDir: string) =>
  SqliteLog.open({ dataDir, retention: { entries: Infinity, ageMs: Infinity }, faults: {} });

async function open(dataDir = newDirectory()): Promise<OpenShelf> {
  const log = await openLog(dataDir);
  return {
    shelf: log.shelf,
    close: () => log.close(),
    async reopen() {
      await log.close();
      return open(dataDir);
    },
  };
}

describeShelfContract("the shelf in SQLite", () => open());

describe("the shelf in SQLite, if something goes wrong", () => {
  it("[D4] puts and takes nothing on a disk that fails, and reads all the same", async () => {
    const log = await openLog(newDirectory());
    await log.shelf.put("invite:1", "one", { until: Infinity });
    log.injectFaults({ failing: true });
    await expect(log.shelf.put("invite:1", "two", { until: Infinity })).rejects.toThrow(
      LogUnavailable,
    );
    await expect(log.shelf.take("invite:1")).rejects.toThrow(LogUnavailable);
    expect(await log.shelf.get("invite:1")).toBe("one");
    log.injectFaults({});
    expect(await log.shelf.take("invite:1")).toBe("one");
    await log.close();
  });

  it("gives nothing that the disk has altered", async () => {
    const dataDir = newDirectory();
    const log = await openLog(dataDir);
    await log.shelf.put("invite:1", "one", { until: Infinity });
    await log.close();
    const db = new DatabaseSync(join(dataDir, "parley.db"));
    db.exec("UPDATE shelf SET value = 'onf'");
    db.close();
    const again = await openLog(dataDir);
    expect(await again.shelf.get("invite:1")).toBeUndefined();
    expect(await again.shelf.list("invite:")).toEqual([]);
    await again.close();
  });
});

describe("items that have ended", () => {
  it("are dropped, the first first, so many at once", () => {
    const db = openDatabase(newDirectory());
    const rows = new ShelfRows(db);
    for (const until of [30, 10, 20, 40]) {
      rows.put({ key: `mark:${until}`, value: "", until }, 0);
    }
    expect(rows.hasEnded(9)).toBe(false);
    expect(rows.hasEnded(10)).toBe(true);
    rows.drop(30, 2);
    expect(rows.list("mark:", 0).map(({ until }) => until)).toEqual([30, 40]);
    db.close();
  });
});
