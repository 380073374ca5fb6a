import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EntryFrame } from "@parley/protocol";
import { expect, it } from "vitest";
import { chatDraft } from "../../test/drafts.ts";
import { MemoryLog } from "./memory/log.ts";
import { openDatabase } from "./sqlite/schema.ts";
import { SQL } from "./sqlite/entry-table.ts";

it("finding an id in SQLite goes to it by an index, however long the room is", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-finding-"));
  const db = openDatabase(dataDir);
  try {
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${SQL.find}`).all();
    const steps = plan.map(({ detail }) => String(detail));
    expect(steps[0]).toMatch(/^SEARCH entry USING INDEX entry_by_id \(room=\? AND id=\?/);
    expect(steps.join()).not.toMatch(/SCAN/);
  } finally {
    db.close();
    rmSync(dataDir, { recursive: true });
  }
});

it("finding an id in memory looks at no entry that has another one", async () => {
  const log = new MemoryLog();
  const looks = { count: 0 };
  for (let n = 0; n < 100; n += 1) {
    const appended = await log.append("lobby", chatDraft(`${n}`, { id: `m${n}` }));
    if (appended.is === "new") countLooks(appended.entry, looks);
  }
  expect(await log.find("lobby", { id: "m99" })).toBeDefined();
  expect(await log.find("lobby", { id: "none" })).toBeUndefined();
  expect(looks.count).toBeLessThanOrEqual(1);
});

function countLooks({ payload }: EntryFrame, looks: { count: number }): void {
  const { id } = payload;
  Object.defineProperty(payload, "id", {
    get() {
      looks.count += 1;
      return id;
    },
  });
}
