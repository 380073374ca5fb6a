import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { GENERATION_FILE } from "./generation-file.ts";
import { AcknowledgedMark, MARK_FILE } from "./mark.ts";
import { DATABASE_FILE } from "./schema.ts";
import type { Report } from "../../log/host-reports.ts";
import { SqliteLog } from "./log.ts";

const ENTRIES = 50;
const WAL_FILE = `${DATABASE_FILE}-wal`;

let folder: string;
let killed: string;
let epoch: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-mark-"));
  killed = join(folder, "data");
  const { log } = await open(killed);
  for (let n = 0; n < ENTRIES; n += 1) await log.append("lobby", chatDraft(`${n}`));
  ({ epoch } = await log.read("lobby", { limit: 1 }));
  // What kill -9 leaves of it. It is put back into the same files: a copy is another past.
  const names = [DATABASE_FILE, WAL_FILE, MARK_FILE, GENERATION_FILE];
  for (const name of names) copyFileSync(join(killed, name), join(folder, name));
  await log.close();
  for (const name of names) copyFileSync(join(folder, name), join(killed, name));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function open(dataDir: string) {
  const damage: Report[] = [];
  const settings = { dataDir, retention: { entries: Infinity, ageMs: Infinity }, faults: {} };
  const log = await SqliteLog.open(settings, (report) => {
    if (report.is === "lost" || report.is === "damaged") damage.push(report);
  });
  return { log, damage };
}

async function start() {
  const { log, damage } = await open(killed);
  const page = await log.read("lobby", { after: 0, limit: 1_000 });
  await log.close();
  return { ...page, damage };
}

describe("a start after kill -9", () => {
  it("has all that was acknowledged, and the same epoch", async () => {
    expect(await start()).toMatchObject({ head: ENTRIES, epoch, damage: [] });
  });

  it("[O3] has another epoch if the end of the write-ahead log is missing, and says so", async () => {
    // A page of a commit is more than 4 KiB: the last one is not whole any more.
    truncateSync(join(killed, WAL_FILE), 20 * 4_096);
    const page = await start();
    expect(page.head).toBeLessThan(ENTRIES);
    expect(page.epoch).not.toBe(epoch);
    const missing = ENTRIES - page.head;
    expect(page.damage).toEqual([
      { is: "lost", what: `${missing} acknowledged entries are missing at the end of the log` },
    ]);
    expect(await start()).toMatchObject({ head: page.head, epoch: page.epoch, damage: [] });
  });

  it("goes on without the mark, and with one that is no mark", async () => {
    rmSync(join(killed, MARK_FILE));
    expect(await start()).toMatchObject({ head: ENTRIES, epoch, damage: [] });
    writeFileSync(join(killed, MARK_FILE), "this is no mark");
    expect(await start()).toMatchObject({ head: ENTRIES, epoch, damage: [] });
    // A count far beyond, with another one's checksum.
    const altered = readFileSync(join(killed, MARK_FILE));
    altered.writeDoubleLE(1_000_000, 0);
    writeFileSync(join(killed, MARK_FILE), altered);
    expect(await start()).toMatchObject({ head: ENTRIES, epoch, damage: [] });
  });
});

describe("the mark", () => {
  it("is what was set last", () => {
    const mark = AcknowledgedMark.open(killed);
    expect(mark.count).toBe(ENTRIES);
    mark.set(1_234_567_890_123);
    mark.close();
    const again = AcknowledgedMark.open(killed);
    expect(again.count).toBe(1_234_567_890_123);
    again.close();
  });
});
