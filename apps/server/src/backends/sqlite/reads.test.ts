import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { pacedReads } from "../../log/paced-reads.ts";
import { SqliteLog } from "./log.ts";

const READS = 1_000;
const LIMIT = 200;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-reads-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function open(name: string) {
  const log = await SqliteLog.open({
    dataDir: join(folder, name),
    retention: { entries: Infinity, ageMs: Infinity },
    faults: {},
  });
  await log.append("lobby", chatDraft("the first"));
  return log;
}

describe("an append", () => {
  it("is answered before any of the reads that were asked for with it", async () => {
    const log = await open("with");
    let read = 0;
    const reads = Array.from({ length: READS }, async () => {
      await log.read("lobby", { limit: LIMIT });
      read += 1;
    });
    await log.append("lobby", chatDraft("among them"));
    expect(read).toBe(0);
    await Promise.all(reads);
    await log.close();
  });

  it("waits for no more than two pages of a thousand that wait in line", async () => {
    const log = await open("line");
    const paced = pacedReads(log);
    let read = 0;
    const reads = Array.from({ length: READS }, async () => {
      await paced.read("lobby", { limit: LIMIT });
      read += 1;
    });
    await reads[0];
    const before = read;
    await paced.append("lobby", chatDraft("among them"));
    expect(read - before).toBeLessThanOrEqual(2);
    await Promise.all(reads);
    await log.close();
  });

  it("is in a page that is read in the same batch, in either order of the calls", async () => {
    const log = await open("seen");
    const page = log.read("lobby", { limit: LIMIT });
    const appended = log.append("lobby", chatDraft("the second"));
    expect((await page).head).toBe(2);
    await appended;
    await log.close();
  });
});
