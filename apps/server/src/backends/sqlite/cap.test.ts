import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { StorageFull } from "../../log/log.ts";
import { fillOf, StorageCap } from "./cap.ts";
import type { Fill, SizeReport } from "../../log/host-reports.ts";
import { HostReports } from "../../log/host-reports.ts";
import { SqliteLog } from "./log.ts";

const PATIENT_MS = 60_000;
/** Enough for a few hundred long messages. */
const CAP_BYTES = 1_000_000;
const LONG = "x".repeat(3_900);

describe("how full it is", () => {
  it("is said from certain shares on, and unsaid a little below them", () => {
    const shares = [0.5, 0.89, 0.9, 0.94, 0.95, 0.99, 1, 0.99, 0.97, 0.94, 0.92, 0.89, 0.87];
    let fill: Fill = "free";
    const fills = shares.map((share) => (fill = fillOf(fill, share)));
    expect(fills.join()).toBe(
      "free,free,nearly full,nearly full,closed to new rooms,closed to new rooms,full,full," +
        "closed to new rooms,closed to new rooms,nearly full,nearly full,free",
    );
  });

  it("refuses new rooms first, then all", () => {
    let used = 0;
    const cap = new StorageCap(
      100,
      () => used,
      () => {},
    );
    const admitted = (now: number) => {
      used = now;
      cap.look();
      return [cap.admits(true), cap.admits(false)];
    };
    expect([90, 94, 95, 99, 100].map(admitted)).toEqual([
      [true, true],
      [true, true],
      [true, false],
      [true, false],
      [false, false],
    ]);
  });

  it("is told if it changed, and never refuses anything without a cap", () => {
    const told: SizeReport[] = [];
    const cap = new StorageCap(
      Infinity,
      () => 1e12,
      (report) => told.push(report),
    );
    cap.report();
    cap.report();
    expect(told).toEqual([{ is: "size", bytes: 1e12, maxBytes: Infinity, fill: "free" }]);
    expect(cap.admits(false)).toBe(true);
  });
});

describe("a log that may store so much", () => {
  let dataDir: string;
  let log: SqliteLog;
  let lines: string[];
  let reports: HostReports;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "parley-cap-"));
    lines = [];
    const line = (_facts: object, text: string) => void lines.push(text);
    reports = new HostReports({ info: line, warn: line, error: line });
    const retention = { entries: Infinity, ageMs: Infinity };
    log = await SqliteLog.open({ dataDir, retention, dataBytes: CAP_BYTES, faults: {} }, (report) =>
      reports.take(report),
    );
  });
  afterEach(async () => {
    await log.close();
    rmSync(dataDir, { recursive: true });
  });

  it(
    "[D2] [D4] refuses new rooms, then everything; what is there is read and repeated",
    async () => {
      let stored = 0;
      let roomsRefusedAt = 0;
      for (; stored < 2_000; stored += 1) {
        const draft = chatDraft(LONG, { id: `m${stored}` });
        const outcome = await log.append("lobby", draft).catch((error: unknown) => error);
        if (outcome instanceof StorageFull) break;
        if (roomsRefusedAt > 0) continue;
        const elsewhere = log.append(`room-${stored}`, chatDraft("hi"));
        if ((await elsewhere.catch((error: unknown) => error)) instanceof StorageFull) {
          roomsRefusedAt = stored;
        }
      }
      expect(roomsRefusedAt).toBeGreaterThan(10);
      expect(stored).toBeGreaterThan(roomsRefusedAt);
      expect((await log.read("lobby", { limit: 10 })).head).toBe(stored);
      expect(await log.append("lobby", chatDraft(LONG, { id: "m3" }))).toMatchObject({
        is: "repeat",
        entry: { payload: { seq: 4 } },
      });
      const untilTold = async () => {
        while (reports.trouble === undefined) await log.read("lobby", { limit: 0 });
      };
      await untilTold();
      expect(reports.trouble).toBe("storage_full");
      expect(reports.size?.bytes).toBeGreaterThanOrEqual(CAP_BYTES);
      expect(lines.at(-1)).toBe("no message can be stored: as much is stored as DATA_GB allows");
    },
    PATIENT_MS,
  );
});
