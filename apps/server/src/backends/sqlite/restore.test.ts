import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { backUp } from "./backup.ts";
import { openStore } from "./open-store.ts";
import { restore } from "./restore.ts";
import { DATABASE_FILE, lockDirectory, StorageError } from "./schema.ts";

let folder: string;
let dataDir: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-restore-"));
  dataDir = join(folder, "data");
  file = join(folder, "copy.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = new Date("2026-01-02T03:04:05.678Z");
const ASIDE = "before-2026-01-02T03-04-05-678Z";

function use(...messages: readonly string[]) {
  const { store, close } = openStore(dataDir);
  for (const message of messages)
    store.transaction(() => store.append("lobby", chatDraft(message)));
  const { epoch, head } = store.read("lobby", { limit: 1 });
  close();
  return { epoch, head };
}

/** A data directory with three entries, and a backup of the first two of them. */
async function fill(): Promise<void> {
  use("a", "b");
  await backUp(dataDir, file);
  use("c");
}

/** Everything in the data directory but the lock. */
const contents = () =>
  readdirSync(dataDir)
    .filter((name) => name !== "parley.lock")
    .map((name) => [name, readFileSync(join(dataDir, name)).toString("base64")]);

/** Tries to restore a file that is no backup; the data directory stays as it is. */
async function refusal(source: string): Promise<string> {
  const before = contents();
  const error: unknown = await restore(source, dataDir, at).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(StorageError);
  expect(contents()).toEqual(before);
  return (error as StorageError).message;
}

describe("a backup that is put back", () => {
  it("[O3] takes the place of what was there, which is kept under its date", async () => {
    await fill();
    const before = use();
    const kept = readFileSync(file);
    expect(await restore(file, dataDir, at)).toEqual({ entries: 2, before: join(dataDir, ASIDE) });
    expect(readFileSync(file)).toEqual(kept);
    const after = use();
    expect(after.head).toBe(2);
    expect(after.epoch).not.toBe(before.epoch);
    dataDir = join(dataDir, ASIDE);
    expect(use()).toEqual(before);
  });

  it("makes a missing directory, and moves nothing aside", async () => {
    await fill();
    dataDir = join(folder, "machine", "data");
    expect(await restore(file, dataDir, at)).toEqual({ entries: 2, before: undefined });
    expect(readdirSync(dataDir).toSorted()).toEqual(["parley.db", "parley.lock"]);
    expect(use().head).toBe(2);
  });

  it("[O3] can be put back twice; both pasts are kept", async () => {
    await fill();
    await restore(file, dataDir, at);
    const first = use("d");
    await restore(file, dataDir, new Date(at.getTime() + 1));
    const second = use("e");
    expect(second.head).toBe(3);
    expect(second.epoch).not.toBe(first.epoch);
    expect(readdirSync(dataDir).filter((name) => name.startsWith("before-"))).toHaveLength(2);
  });

  it("may lie where the database was, beside a write-ahead log that is left over", async () => {
    await fill();
    copyFileSync(file, join(dataDir, DATABASE_FILE));
    writeFileSync(join(dataDir, `${DATABASE_FILE}-wal`), "left over");
    expect(() => openStore(dataDir)).toThrow("lies beside the write-ahead log of another database");
    await restore(file, dataDir, at);
    expect(existsSync(join(dataDir, `${DATABASE_FILE}-wal`))).toBe(false);
    expect(use().head).toBe(2);
  });

  it("that was broken off keeps a server from starting with nothing, until it is done", async () => {
    await fill();
    renameSync(join(dataDir, DATABASE_FILE), join(folder, "aside.db"));
    copyFileSync(file, join(dataDir, `${DATABASE_FILE}.restoring`));
    expect(() => openStore(dataDir)).toThrow("run pnpm restore again");
    await restore(file, dataDir, at);
    expect(use().head).toBe(2);
  });

  it("is refused while a server uses the directory", async () => {
    await fill();
    const unlock = lockDirectory(dataDir);
    expect(await refusal(file)).toContain(`A server is using ${dataDir}: stop it first.`);
    unlock();
    await restore(file, dataDir, at);
    use();
  });
});

describe("what is no backup", () => {
  it("is refused: a file that is not there", async () => {
    await fill();
    expect(await refusal(join(folder, "none"))).toContain("is not there");
  });

  it("is refused: the database of a server", async () => {
    await fill();
    const copy = join(folder, "by-hand.db");
    copyFileSync(join(dataDir, DATABASE_FILE), copy);
    expect(await refusal(copy)).toContain("is the database of a server and no backup");
    // The way that the message says.
    const other = join(folder, "other");
    mkdirSync(other);
    renameSync(copy, join(other, DATABASE_FILE));
    rmSync(file);
    expect(await backUp(other, file)).toBe(3);
    expect(await restore(file, dataDir, at)).toMatchObject({ entries: 3 });
  });

  it("is refused: another program's database, an empty one, one of a newer Parley", async () => {
    await fill();
    const other = join(folder, "other.db");
    const foreign = new DatabaseSync(other);
    foreign.exec("CREATE TABLE notes (text TEXT)");
    foreign.close();
    expect(await refusal(other)).toContain("is not a Parley database");
    writeFileSync(other, "");
    expect(await refusal(other)).toContain("is empty");
    const newer = new DatabaseSync(file);
    newer.exec("PRAGMA user_version = 99");
    newer.close();
    expect(await refusal(file)).toContain("was written by a newer Parley");
  });

  it("is refused: a damaged one", async () => {
    use(...Array.from({ length: 500 }, (_, n) => `message ${n}`));
    await backUp(dataDir, file);
    const bytes = readFileSync(file);
    const middle = Math.floor(statSync(file).size / 2);
    writeFileSync(file, bytes.fill(0xff, middle, middle + 8_192));
    expect(await refusal(file)).toContain(file);
  });

  it("is refused: one beside the write-ahead log of another database", async () => {
    await fill();
    writeFileSync(`${file}-wal`, "left over");
    expect(await refusal(file)).toContain("lies beside the write-ahead log of another database");
    rmSync(`${file}-wal`);
    expect(await restore(file, dataDir, at)).toMatchObject({ entries: 2 });
  });
});
