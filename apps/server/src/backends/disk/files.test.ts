import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  describeFileStoreContract,
  fileId,
  listed,
  type OpenFileStore,
} from "../../files/file-store.contract.ts";
import { FilesUnavailable, NoSpace } from "../../files/file-store.ts";
import { DiskFiles, FREE_BYTES_MIN } from "./files.ts";
import { machineDisk, type DiskSystem } from "./system.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-files-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const newRoot = () => mkdtemp(join(folder, "root-"));

async function open(root: string): Promise<OpenFileStore> {
  const store = await DiskFiles.open(root);
  return { store, close: () => store.close(), reopen: () => open(root) };
}

describeFileStoreContract("the store of files on a disk", async () => open(await newRoot()));

const BYTES = new TextEncoder().encode("some bytes");

/** A disk on which one operation fails with a code, while it is switched on. */
function failingDisk(operation: keyof DiskSystem | "write" | "sync", code: string) {
  const state = { isFailing: false };
  const fail = async () => {
    if (state.isFailing) throw Object.assign(new Error(code), { code });
  };
  const system: DiskSystem = {
    ...machineDisk,
    async create(path) {
      if (operation === "create") await fail();
      const file = await machineDisk.create(path);
      return {
        async write(bytes) {
          if (operation === "write") await fail();
          await file.write(bytes);
        },
        async sync() {
          if (operation === "sync") await fail();
          await file.sync();
        },
        close: () => file.close(),
      };
    },
    async mkdir(path) {
      if (operation === "mkdir") await fail();
      await machineDisk.mkdir(path);
    },
    async link(file, name) {
      if (operation === "link") await fail();
      await machineDisk.link(file, name);
    },
    async rename(from, to) {
      if (operation === "rename") await fail();
      await machineDisk.rename(from, to);
    },
    async syncFolder(path) {
      if (operation === "syncFolder") await fail();
      await machineDisk.syncFolder(path);
    },
  };
  return { state, system };
}

describe("the store of files on a disk that fails", () => {
  const operations = ["create", "write", "sync", "mkdir", "link", "rename", "syncFolder"] as const;

  it.each(
    operations.flatMap((operation) => [
      [operation, "ENOSPC", NoSpace] as const,
      [operation, "EDQUOT", NoSpace] as const,
      [operation, "EIO", FilesUnavailable] as const,
    ]),
  )("[B6] says so if %s fails with %s, and goes on afterwards", async (operation, code, says) => {
    const root = await newRoot();
    const { state, system } = failingDisk(operation, code);
    const store = await DiskFiles.open(root, { system });
    const part = operation === "rename" ? "thumb" : 0;
    await store.put(fileId(1), part, BYTES);
    state.isFailing = true;
    await expect(store.put(fileId(2), part, BYTES)).rejects.toThrow(says);
    expect(await readdir(join(root, "unfinished"))).toEqual([]);
    expect(await store.get(fileId(1), part)).toEqual(Buffer.from(BYTES));
    state.isFailing = false;
    await store.put(fileId(2), part, BYTES);
    expect(await listed(store)).toEqual([fileId(1), fileId(2)]);
  });

  it("[B6] leaves space on the disk for messages", async () => {
    let free = FREE_BYTES_MIN + BYTES.length;
    const system = { ...machineDisk, free: async () => free };
    const store = await DiskFiles.open(await newRoot(), { system });
    await store.put(fileId(1), 0, BYTES);
    free -= 1;
    await expect(store.put(fileId(1), 1, BYTES)).rejects.toThrow(NoSpace);
    expect(await store.has(fileId(1))).toHaveLength(1);
    await store.delete(fileId(1));
  });

  it("[B1] says of no part that it is there while its folder cannot be synced", async () => {
    const { state, system } = failingDisk("syncFolder", "EIO");
    const store = await DiskFiles.open(await newRoot(), { system });
    state.isFailing = true;
    await expect(store.put(fileId(1), 0, BYTES)).rejects.toThrow(FilesUnavailable);
    await expect(store.has(fileId(1))).rejects.toThrow(FilesUnavailable);
    state.isFailing = false;
    expect(await store.has(fileId(1))).toEqual([{ name: 0, bytes: BYTES.length }]);
  });

  it("stores nothing where the folder is gone", async () => {
    const root = await newRoot();
    const store = await DiskFiles.open(root);
    await store.put(fileId(1), 0, BYTES);
    await rm(root, { recursive: true });
    const gone = new FilesUnavailable(`ENOENT in ${root}`);
    await expect(store.put(fileId(1), 0, BYTES)).rejects.toThrow(gone);
    await expect(listed(store)).resolves.toEqual([]);
  });
});

describe("the store of files on a disk without hard links", () => {
  it.each(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EISDIR"])(
    "[B5] stores a part once, and refuses other bytes: %s",
    async (code) => {
      const { state, system } = failingDisk("link", code);
      state.isFailing = true;
      const root = await newRoot();
      const store = await DiskFiles.open(root, { system });
      const other = new TextEncoder().encode("other");
      expect(await store.put(fileId(1), 0, BYTES)).toBe(true);
      expect(await store.put(fileId(1), 0, other)).toBe(false);
      expect(await store.put(fileId(1), 0, BYTES)).toBe(true);
      expect(await store.get(fileId(1), 0)).toEqual(Buffer.from(BYTES));
      expect(await readdir(join(root, "unfinished"))).toEqual([]);
    },
  );
});

describe("what is in the folder of the store of files", () => {
  it("loses what an earlier server left unfinished", async () => {
    const root = await newRoot();
    await mkdir(join(root, "unfinished"));
    await writeFile(join(root, "unfinished", "a"), "half of a pa");
    await DiskFiles.open(root);
    expect(await readdir(join(root, "unfinished"))).toEqual([]);
  });

  it("keeps what another server may still write", async () => {
    const root = await newRoot();
    await mkdir(join(root, "unfinished"));
    for (const name of ["old", "new"]) await writeFile(join(root, "unfinished", name), "half");
    await utimes(join(root, "unfinished", "old"), new Date(0), new Date(0));
    await DiskFiles.open(root, { isShared: true });
    expect(await readdir(join(root, "unfinished"))).toEqual(["new"]);
  });

  it("does not list what is no file of ours", async () => {
    const root = await newRoot();
    const store = await DiskFiles.open(root);
    await store.put(fileId(1), 0, BYTES);
    await writeFile(join(root, "README"), "");
    await writeFile(join(root, "fi", "notes"), "");
    await mkdir(join(root, "fi", "another"));
    await mkdir(join(root, "zz"));
    await mkdir(join(root, "zz", fileId(2)));
    await writeFile(join(root, "zz", fileId(2), "0"), "in the wrong folder");
    await writeFile(join(root, "fi", fileId(1), ".DS_Store"), "");
    expect(await listed(store)).toEqual([fileId(1)]);
    expect(await store.has(fileId(1))).toEqual([{ name: 0, bytes: BYTES.length }]);
  });

  it("has no folder of a file whose first part never came", async () => {
    const root = await newRoot();
    const store = await DiskFiles.open(root);
    await mkdir(join(root, "fi"));
    await mkdir(join(root, "fi", fileId(1)));
    expect(await listed(store)).toEqual([]);
    expect(await readdir(join(root, "fi"))).toEqual([]);
  });
});
