import { FILE_PART_BYTES } from "@parley/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FileStore, PartName } from "./file-store.ts";

/** A store under test. */
export interface OpenFileStore {
  readonly store: FileStore;
  close(): Promise<void>;
  /** Opens the same store again after `close`, if it is durable. */
  reopen?(): Promise<OpenFileStore>;
}

const ID = "AbCdEfGhIjKlMnOpQrStU_";

/** The id of the test file with this number. */
export const fileId = (n: number) => `file-${String(n).padStart(17, "0")}`;

const bytesOf = (text: string) => new TextEncoder().encode(text);

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && new TextDecoder().decode(bytes);
}

/** All ids that a store lists, in order. */
export async function listed(store: FileStore): Promise<string[]> {
  const ids: string[] = [];
  for await (const some of store.list()) ids.push(...some);
  return ids.toSorted();
}

/** The parts of a file, by name. */
async function partsOf(store: FileStore, id: string): Promise<Record<string, number>> {
  const parts = await store.has(id);
  const entries = parts.map(({ name, bytes }): [string, number] => [String(name), bytes]);
  expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length);
  return Object.fromEntries(entries);
}

/**
 * The rules that hold for every FileStore.
 * @param name of the implementation
 * @param open opens an empty store
 */
export function describeFileStoreContract(name: string, open: () => Promise<OpenFileStore>): void {
  describe(name, () => {
    let opened: OpenFileStore;
    let store: FileStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.close());

    it("[B5] gives back the bytes of each part", async () => {
      const everyByte = Uint8Array.from({ length: 256 }, (_, n) => n);
      await store.put(ID, 0, everyByte);
      await store.put(ID, 1, bytesOf("the rest"));
      await store.put(ID, "thumb", bytesOf("small"));
      expect([...((await store.get(ID, 0)) ?? [])]).toEqual([...everyByte]);
      expect(textOf(await store.get(ID, 1))).toBe("the rest");
      expect(textOf(await store.get(ID, "thumb"))).toBe("small");
      expect(await partsOf(store, ID)).toEqual({ 0: 256, 1: 8, thumb: 5 });
    });

    it("has nothing of a file that nobody stored", async () => {
      expect(await store.get(ID, 0)).toBeUndefined();
      expect(await store.get(ID, 0, { from: 0, to: 1 })).toBeUndefined();
      expect(await store.has(ID)).toEqual([]);
      expect(await listed(store)).toEqual([]);
      await store.put(ID, 1, bytesOf("later part"));
      expect(await store.get(ID, 0)).toBeUndefined();
      expect(await partsOf(store, ID)).toEqual({ 1: 10 });
    });

    it("[B5] stores a part of full size, and one of no bytes", async () => {
      const full = new Uint8Array(FILE_PART_BYTES).map((_, n) => (n * 31) ^ (n >> 8));
      await store.put(ID, 1023, full);
      await store.put(ID, 0, new Uint8Array());
      expect(Buffer.compare((await store.get(ID, 1023)) ?? bytesOf("none"), full)).toBe(0);
      expect(textOf(await store.get(ID, 0))).toBe("");
      expect(await partsOf(store, ID)).toEqual({ 0: 0, 1023: FILE_PART_BYTES });
    });

    it.each<[number, number, string]>([
      [0, 1, "0"],
      [0, 10, "0123456789"],
      [3, 7, "3456"],
      [9, 10, "9"],
      [5, 1_000_000, "56789"],
      [10, 11, ""],
      [1_000, 2_000, ""],
    ])("[B5] gives the bytes from %i to %i", async (from, to, text) => {
      await store.put(ID, 0, bytesOf("0123456789"));
      expect(textOf(await store.get(ID, 0, { from, to }))).toBe(text);
    });

    it("[B5] has no bytes in a range of a part of no bytes", async () => {
      await store.put(ID, 0, new Uint8Array());
      expect(textOf(await store.get(ID, 0, { from: 0, to: 5 }))).toBe("");
    });

    it("[B5] stores a part once, and refuses other bytes", async () => {
      expect(await store.put(ID, 0, bytesOf("first"))).toBe(true);
      expect(await store.put(ID, 0, bytesOf("first"))).toBe(true);
      for (const other of ["a longer one", "equal", ""]) {
        expect(await store.put(ID, 0, bytesOf(other))).toBe(false);
      }
      expect(textOf(await store.get(ID, 0))).toBe("first");
      expect(await partsOf(store, ID)).toEqual({ 0: 5 });
    });

    it("[B5] stores one of several parts that come under one name at the same time", async () => {
      const texts = ["one", "another", "another", "the third"];
      const putAll = (part: PartName) =>
        Promise.all(texts.map((text) => store.put(ID, part, bytesOf(text))));
      for (let part = 0; part < 20; part += 1) {
        const isStored = await putAll(part);
        const stored = textOf(await store.get(ID, part));
        expect(texts).toContain(stored);
        expect(isStored).toEqual(texts.map((text) => text === stored));
      }
    });

    it("replaces a thumbnail that comes again", async () => {
      for (const text of ["a longer one", "short", "short"]) {
        expect(await store.put(ID, "thumb", bytesOf(text))).toBe(true);
      }
      expect(textOf(await store.get(ID, "thumb"))).toBe("short");
      expect(await partsOf(store, ID)).toEqual({ thumb: 5 });
    });

    it("keeps bytes that their owner changes afterwards", async () => {
      const bytes = bytesOf("as sent");
      await store.put(ID, 0, bytes);
      bytes.fill(0);
      const got = await store.get(ID, 0);
      expect(textOf(got)).toBe("as sent");
      got?.fill(0);
      expect(textOf(await store.get(ID, 0))).toBe("as sent");
    });

    it("takes parts in any order, at the same time, and twice", async () => {
      const parts: PartName[] = [2, 0, "thumb", 1, 2, 0, "thumb", 1];
      await Promise.all(parts.map((part) => store.put(ID, part, bytesOf(`part ${part}`))));
      expect(await partsOf(store, ID)).toEqual({ 0: 6, 1: 6, 2: 6, thumb: 10 });
      for (const part of parts) expect(textOf(await store.get(ID, part))).toBe(`part ${part}`);
    });

    it("never gives half of a thumbnail that is replaced", async () => {
      const bytes = (byte: number) => new Uint8Array(200_000 + byte).fill(byte);
      await store.put(ID, "thumb", bytes(1));
      const writing = (async () => {
        for (let byte = 2; byte < 12; byte += 1) await store.put(ID, "thumb", bytes(byte));
      })();
      for (let n = 0; n < 20; n += 1) {
        const got = await store.get(ID, "thumb");
        expect(got && new Set(got)).toEqual(new Set([(got?.length ?? 0) - 200_000]));
      }
      await writing;
    });

    it("never gives half of a part that is being stored", async () => {
      const bytes = new Uint8Array(200_000).fill(7);
      for (let part = 0; part < 5; part += 1) {
        const writing = store.put(ID, part, bytes);
        let got: Uint8Array | undefined;
        while (!got) got = await store.get(ID, part);
        expect(Buffer.compare(got, bytes)).toBe(0);
        await writing;
      }
    });

    it("tells ids apart that differ in the case of a letter", async () => {
      const other = ID.toLowerCase();
      await store.put(ID, 0, bytesOf("one"));
      await store.put(other, 0, bytesOf("other"));
      expect(textOf(await store.get(ID, 0))).toBe("one");
      expect(await listed(store)).toEqual([ID, other].toSorted());
      await store.delete(other);
      expect(textOf(await store.get(ID, 0))).toBe("one");
    });

    it("[B1] tells uploads of one file apart, and what has the file's id alone", async () => {
      const ids = [ID, ID + fileId(1), ID + fileId(2)] as const;
      for (const id of ids) await store.put(id, 0, bytesOf(id));
      expect(await listed(store)).toEqual(ids.toSorted());
      await store.delete(ids[1]);
      await store.delete(ids[0]);
      expect(textOf(await store.get(ids[2], 0))).toBe(ids[2]);
      expect(await listed(store)).toEqual([ids[2]]);
    });

    it("lists the id of each file once, some at a time", async () => {
      const ids = Array.from({ length: 250 }, (_, n) => fileId(n));
      ids.push(ID, "-".repeat(22), "_".repeat(22));
      await Promise.all(ids.map((id) => store.put(id, 0, bytesOf(id))));
      await store.put(ID, 1, bytesOf("more"));
      await store.put(fileId(999), "thumb", bytesOf("a thumbnail alone"));
      let pages = 0;
      for await (const some of store.list()) {
        pages += 1;
        expect(some.length).toBeGreaterThan(0);
        expect(some.length).toBeLessThanOrEqual(200);
      }
      expect(pages).toBeGreaterThan(1);
      expect(await listed(store)).toEqual([...ids, fileId(999)].toSorted());
    });

    it("lists the rest while what it listed is deleted", async () => {
      const ids = Array.from({ length: 250 }, (_, n) => fileId(n));
      await Promise.all(ids.map((id) => store.put(id, 0, bytesOf(id))));
      const seen: string[] = [];
      const remove = (id: string) => store.delete(id);
      for await (const some of store.list()) {
        seen.push(...some);
        await Promise.all(some.map(remove));
      }
      expect(seen.toSorted()).toEqual(ids);
      expect(await listed(store)).toEqual([]);
    });

    it("[B4] deletes all parts of a file, and no other's", async () => {
      for (const part of [0, 1, "thumb"] as const) await store.put(ID, part, bytesOf("x"));
      await store.put(fileId(1), 0, bytesOf("stays"));
      await store.delete(ID);
      expect(await store.get(ID, 0)).toBeUndefined();
      expect(await store.has(ID)).toEqual([]);
      expect(await listed(store)).toEqual([fileId(1)]);
      await store.delete(ID);
      await store.put(ID, 0, bytesOf("new"));
      expect(await partsOf(store, ID)).toEqual({ 0: 3 });
    });

    it("stores and deletes the same file at the same time without failing", async () => {
      await Promise.all(
        Array.from({ length: 40 }, (_, n) =>
          n % 4 === 3 ? store.delete(ID) : store.put(ID, n % 3, bytesOf("part")),
        ),
      );
      await store.delete(ID);
      expect(await store.has(ID)).toEqual([]);
    });

    it("has everything after it was closed and opened once more", async () => {
      await store.put(ID, 0, bytesOf("kept"));
      await store.put(fileId(1), 0, bytesOf("deleted"));
      await store.delete(fileId(1));
      if (!opened.reopen) return;
      await opened.close();
      opened = await opened.reopen();
      ({ store } = opened);
      expect(textOf(await store.get(ID, 0))).toBe("kept");
      expect(await listed(store)).toEqual([ID]);
    });

    it.each([
      "",
      "short",
      `${ID}x`,
      `${ID}${ID}x`,
      "../../../../../../../x",
      "..%2f..%2f..%2f..%2f..%2",
      "/etc/passwd-aaaaaaaaaa",
      "file 00000000000000000",
      `${ID.slice(0, 21)}\0`,
      `${ID.slice(0, 21)}\n`,
      "é".repeat(22),
    ])("refuses the id %j", async (id) => {
      await expect(store.put(id, 0, bytesOf("x"))).rejects.toThrow(RangeError);
      await expect(store.get(id, 0)).rejects.toThrow(RangeError);
      await expect(store.has(id)).rejects.toThrow(RangeError);
      await expect(store.delete(id)).rejects.toThrow(RangeError);
      expect(await listed(store)).toEqual([]);
    });

    it.each([-1, 0.5, 1_024, NaN, Infinity, "0", "../0", "thumbs"])(
      "refuses the part %j",
      async (part) => {
        await expect(store.put(ID, part as PartName, bytesOf("x"))).rejects.toThrow(RangeError);
        await expect(store.get(ID, part as PartName)).rejects.toThrow(RangeError);
      },
    );

    it.each<[number, number]>([
      [-1, 1],
      [1, 1],
      [2, 1],
      [0, 0.5],
      [NaN, 1],
    ])("refuses the range from %d to %d", async (from, to) => {
      await store.put(ID, 0, bytesOf("0123456789"));
      await expect(store.get(ID, 0, { from, to })).rejects.toThrow(RangeError);
    });
  });
}
