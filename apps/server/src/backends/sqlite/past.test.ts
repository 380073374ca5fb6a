import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { GENERATION_FILE, GenerationFile } from "./generation-file.ts";
import { backUp } from "./backup.ts";
import { WRITE_BUFFER_LIMITS } from "./write-buffer.ts";
import { birthOf, Ownership } from "./ownership.ts";
import { openStore } from "./open-store.ts";
import { renewEpochOfCopy } from "./past.ts";
import { DATABASE_FILE, openDatabase, StorageError } from "./schema.ts";
import { SqliteStore } from "./store.ts";

let folder: string;
let dataDir: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-past-"));
  dataDir = join(folder, "data");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Opens a log, writes the given entries, if any, closes it, and gives its entries. */
function use(directory: string, ...messages: readonly string[]) {
  const { store, renewed, close } = openStore(directory);
  for (const message of messages)
    store.transaction(() => store.append("lobby", chatDraft(message)));
  const { epoch, head } = store.read("lobby", { limit: 1 });
  expect(store.read("nobody", { limit: 1 }).epoch).toBe(epoch);
  close();
  return { epoch, head, renewed };
}

/** Puts a file into a data directory of its own. */
function directoryWith(file: string, name: string): string {
  const directory = join(folder, name);
  mkdirSync(directory);
  copyFileSync(file, join(directory, DATABASE_FILE));
  return directory;
}

describe("a backup", () => {
  it("[O3] gets an epoch of its own each time that it is put back, and keeps it", async () => {
    const original = use(dataDir, "a");
    const file = join(folder, "copy.db");
    await backUp(dataDir, file);
    const one = directoryWith(file, "one");
    const other = directoryWith(file, "other");
    const first = use(one);
    const second = use(other);
    expect(first).toMatchObject({ head: 1, renewed: "it was put back from a backup" });
    expect(new Set([original.epoch, first.epoch, second.epoch]).size).toBe(3);
    expect(use(one)).toEqual({ ...first, renewed: undefined });
    expect(use(dataDir).epoch).toBe(original.epoch);
  });
});

describe("a data directory that was copied by hand", () => {
  it("[O3] goes on as another past, if the system says that it is a copy", () => {
    const original = use(dataDir, "a");
    const copy = join(folder, "copy");
    cpSync(dataDir, copy, { recursive: true });
    const isKnown = birthOf(dataDir) !== "" && birthOf(copy) !== "";
    const { epoch } = use(copy);
    expect(epoch !== original.epoch).toBe(isKnown);
    expect(use(copy).epoch).toBe(epoch);
    expect(use(dataDir).epoch).toBe(original.epoch);
  });

  it("[O3] is told apart by its generation, if the database alone is put back", () => {
    const before = use(dataDir, "a");
    const kept = join(folder, "kept.db");
    copyFileSync(join(dataDir, DATABASE_FILE), kept);
    expect(use(dataDir, "b").epoch).toBe(before.epoch);
    // Into the same file, so that it is not known as a copy.
    copyFileSync(kept, join(dataDir, DATABASE_FILE));
    const after = use(dataDir, "c");
    expect(after.epoch).not.toBe(before.epoch);
    const renewed: unknown = expect.stringContaining("are not of the same moment");
    expect(after).toMatchObject({ head: 2, renewed });
    expect(use(dataDir).epoch).toBe(after.epoch);
  });

  it("[O3] is told apart from how it was while it ran", () => {
    const { store, close } = openStore(dataDir);
    store.transaction(() => store.append("lobby", chatDraft("a")));
    const { epoch } = store.read("lobby", { limit: 1 });
    const kept = join(folder, "kept");
    cpSync(dataDir, kept, { recursive: true });
    store.transaction(() => store.append("lobby", chatDraft("b")));
    close();
    for (const name of [DATABASE_FILE, `${DATABASE_FILE}-wal`]) {
      copyFileSync(join(kept, name), join(dataDir, name));
    }
    expect(use(dataDir).epoch).not.toBe(epoch);
  });

  it("[O3] without the file of its generation is another past: a way to say so by hand", () => {
    const before = use(dataDir, "a");
    rmSync(join(dataDir, GENERATION_FILE));
    const after = use(dataDir);
    expect(after.epoch).not.toBe(before.epoch);
    expect(use(dataDir).epoch).toBe(after.epoch);
  });
});

/** The file beside the database, in a process that is killed before it writes it. */
class UnwrittenFile extends GenerationFile {
  override write(): void {
    throw Object.assign(new Error("killed"), { syscall: "write" });
  }
}

/** Opens a log, and closes it as a worker does; `dies` says when it is killed instead. */
function life(dies: "never" | "opening" | "running" | "closing"): boolean {
  mkdirSync(dataDir, { recursive: true });
  const db = openDatabase(dataDir);
  const file = new GenerationFile(dataDir);
  const isRenewed = renewEpochOfCopy(db, dataDir, file.value ?? "") !== undefined;
  const written = dies === "opening" ? new UnwrittenFile(dataDir) : file;
  const ownership = new Ownership(db, dataDir, written);
  const store = new SqliteStore(db, WRITE_BUFFER_LIMITS, ownership);
  store.transaction(() => {});
  if (dies === "closing") file.write = UnwrittenFile.prototype.write;
  if (dies === "closing" || dies === "never") ownership.leave((work) => store.transaction(work));
  db.close();
  return isRenewed;
}

describe("a process that is killed", () => {
  it.each(["opening", "running", "closing"] as const)(
    "[O3] while it is %s leaves the past as it is, also several times in a row",
    (dies) => {
      for (const next of [
        "never",
        dies,
        dies,
        "never",
        dies,
        "running",
        "never",
        "never",
      ] as const) {
        expect(life(next)).toBe(false);
      }
    },
  );

  it("[O3] at its very first opening leaves the past as it is", () => {
    expect(life("opening")).toBe(false);
    expect(life("never")).toBe(false);
  });
});

describe("a new epoch that cannot be written", () => {
  it("[O3] keeps a copy from being served", () => {
    use(dataDir, "a");
    const db = openDatabase(dataDir);
    db.exec("PRAGMA query_only = 1");
    expect(() => renewEpochOfCopy(db, dataDir, "of another")).toThrow(StorageError);
    expect(() => renewEpochOfCopy(db, dataDir, "of another")).toThrow(/is to get a new epoch/);
    db.exec("PRAGMA query_only = 0");
    expect(renewEpochOfCopy(db, dataDir, "of another")).toBeDefined();
    expect(renewEpochOfCopy(db, dataDir, "of another")).toBeUndefined();
    db.close();
  });
});

describe("the birth of a file", () => {
  it("is unknown if it may be the time of the last change", () => {
    mkdirSync(dataDir);
    const file = join(dataDir, DATABASE_FILE);
    writeFileSync(file, "");
    expect(birthOf(dataDir)).toBe("");
  });

  it("stays when the file changes", () => {
    use(dataDir, "a");
    const born = birthOf(dataDir);
    chmodSync(join(dataDir, DATABASE_FILE), 0o600);
    use(dataDir, "b");
    expect(birthOf(dataDir)).toBe(born);
  });
});
