import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Draft } from "../../log/log.ts";
import { backUp } from "./backup.ts";
import { StorageError } from "./schema.ts";
import { SqliteLog } from "./log.ts";

const FOR_GOOD = { entries: Infinity, ageMs: Infinity };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-backup-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (dataDir: string) => SqliteLog.open({ dataDir, retention: FOR_GOOD, faults: {} });
const chat = (id: string): Draft => ({
  type: "chat",
  payload: { message: `this is ${id}`, id, at: 1, from: { id: "ada", name: "Ada" } },
});

it("[O3] copies a log in use; the copy has every entry and another epoch", async () => {
  const dataDir = join(folder, "data");
  const log = await open(dataDir);
  await log.append("room", chat("a"));
  await log.append("room", chat("b"));

  const target = join(folder, "copy.db");
  expect(await backUp(dataDir, target)).toBe(2);
  await log.append("room", chat("c"));
  const original = await log.read("room", { limit: 10 });
  await log.close();

  const restored = join(folder, "restored");
  mkdirSync(restored);
  renameSync(target, join(restored, "parley.db"));
  const again = await open(restored);
  const page = await again.read("room", { limit: 10 });
  expect(page.entries).toEqual(original.entries.slice(0, 2));
  expect(page.epoch).not.toBe(original.epoch);
  expect((await again.read("other", { limit: 1 })).epoch).toBe(page.epoch);
  await again.close();
});

it("refuses to write over a file, and to copy what is not there", async () => {
  const log = await open(folder);
  await log.close();
  await expect(backUp(folder, join(folder, "parley.db"))).rejects.toThrow(StorageError);
  await expect(backUp(join(folder, "none"), join(folder, "x.db"))).rejects.toThrow(StorageError);
});

it("says which file cannot be made, and why", async () => {
  const log = await open(folder);
  await log.close();
  const target = join(folder, "none", "x.db");
  await expect(backUp(folder, target)).rejects.toThrow(`${target} cannot be made: ENOENT`);
});
