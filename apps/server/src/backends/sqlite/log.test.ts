import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { describeLogContract } from "../../log/log.contract.ts";
import { SqliteLog } from "./log.ts";

let folder: string;
let directories = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-sqlite-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function newDirectory(): string {
  directories += 1;
  return join(folder, `${directories}`);
}

async function open(dataDir = newDirectory(), entries = Infinity) {
  const log = await SqliteLog.open({
    dataDir,
    retention: { entries, ageMs: Infinity },
    faults: {},
  });
  return { log, close: () => log.close() };
}

describeLogContract("the log in SQLite", () => open(), {
  async openTrimmed(keep, fill) {
    const dataDir = newDirectory();
    const first = await open(dataDir);
    await fill(first.log);
    await first.close();
    // A round of trimming begins with the start.
    return open(dataDir, keep);
  },
  async openDurable() {
    const dataDir = newDirectory();
    const opened = await open(dataDir);
    return {
      ...opened,
      async reopen() {
        await opened.close();
        return open(dataDir);
      },
    };
  },
});
