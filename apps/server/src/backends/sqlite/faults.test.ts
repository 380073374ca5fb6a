import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LogUnavailable, type Draft } from "../../log/log.ts";
import { SqliteLog } from "./log.ts";

const ROOM = "lobby";
const DELAY_MS = 60;

let dataDir: string;
let log: SqliteLog;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "parley-faults-"));
  const retention = { entries: Infinity, ageMs: Infinity };
  log = await SqliteLog.open({ dataDir, retention, faults: {} });
});

afterEach(async () => {
  await log.close();
  await rm(dataDir, { recursive: true });
});

/** A message of about 8 KiB: two pages of the file. */
function draft(id: string): Draft {
  const from = { id: "anna", name: "Anna" };
  return { type: "chat", payload: { id, message: id.padEnd(8_000, "."), at: 1, from } };
}

async function appendUntilRefused(most: number): Promise<number> {
  for (let taken = 0; taken < most; taken += 1) {
    const outcome = await log.append(ROOM, draft(`id-${taken}`)).catch((error: unknown) => error);
    if (outcome instanceof LogUnavailable) return taken;
  }
  throw new Error("the disk was never full");
}

describe("a disk that fills", () => {
  it("[D4] refuses for a while, keeps what it took, and recovers by itself", async () => {
    log.injectFaults({ maxPages: 40 });
    const taken = await appendUntilRefused(100);
    expect(taken).toBeGreaterThan(0);

    const full = await log.read(ROOM, { after: 0, limit: 200 });
    expect(full.head).toBe(taken);
    expect(full.entries).toHaveLength(taken);
    await expect(log.append(ROOM, draft(`id-${taken}`))).rejects.toThrow(LogUnavailable);

    log.injectFaults({});
    const next = await log.append(ROOM, draft(`id-${taken}`));
    expect(next).toMatchObject({ is: "new", entry: { payload: { seq: taken + 1 } } });
  });
});

describe("a disk that is slow", () => {
  it("[D1] holds the answer back until it is done", async () => {
    log.injectFaults({ commitDelayMs: DELAY_MS });
    const from = performance.now();
    await log.append(ROOM, draft("slow"));
    // A timer of a thread may end a little early.
    expect(performance.now() - from).toBeGreaterThan(DELAY_MS * 0.9);
  });
});
