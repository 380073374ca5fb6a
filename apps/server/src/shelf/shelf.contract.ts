import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SHELF_LIST_MAX, SHELF_VALUE_BYTES_MAX, type Shelf } from "./shelf.ts";

/** A shelf that a test works with. */
export interface OpenShelf {
  readonly shelf: Shelf;
  close(): Promise<void>;
  /** Opens it once more, after `close`, if what is on it outlives that. */
  reopen?(): Promise<OpenShelf>;
}

const FOR_GOOD = { until: Infinity };
const HOUR_MS = 3_600_000;

/**
 * The rules that hold for every Shelf.
 * @param name what the implementation is called
 * @param open opens an empty shelf
 */
export function describeShelfContract(name: string, open: () => Promise<OpenShelf>): void {
  describe(name, () => {
    let opened: OpenShelf;
    let shelf: Shelf;
    beforeEach(async () => {
      opened = await open();
      ({ shelf } = opened);
    });
    afterEach(() => opened.close());

    it("gives what was put last", async () => {
      expect(await shelf.get("invite:1")).toBeUndefined();
      expect(await shelf.put("invite:1", "one", FOR_GOOD)).toBe(true);
      expect(await shelf.put("invite:1", "", FOR_GOOD)).toBe(true);
      expect(await shelf.get("invite:1")).toBe("");
      expect(await shelf.get("invite:2")).toBeUndefined();
      expect(await shelf.get("hook:1")).toBeUndefined();
    });

    it("keeps every character", async () => {
      const value = "é\u0000\n☃ 👩‍👩‍👧";
      await shelf.put("invite:!~{}*", value, FOR_GOOD);
      expect(await shelf.get("invite:!~{}*")).toBe(value);
    });

    it("puts only if the value is the one that was named", async () => {
      expect(await shelf.put("alias:a", "one", { ...FOR_GOOD, onlyIf: "zero" })).toBe(false);
      expect(await shelf.get("alias:a")).toBeUndefined();
      expect(await shelf.put("alias:a", "one", { ...FOR_GOOD, onlyIf: null })).toBe(true);
      expect(await shelf.put("alias:a", "two", { ...FOR_GOOD, onlyIf: null })).toBe(false);
      expect(await shelf.put("alias:a", "two", { ...FOR_GOOD, onlyIf: "one" })).toBe(true);
      expect(await shelf.put("alias:a", "three", { ...FOR_GOOD, onlyIf: "one" })).toBe(false);
      expect(await shelf.get("alias:a")).toBe("two");
    });

    it("lets one of many win", async () => {
      const puts = ["a", "b", "c", "d"].map((value) =>
        shelf.put("alias:a", value, { ...FOR_GOOD, onlyIf: null }),
      );
      expect((await Promise.all(puts)).filter(Boolean)).toHaveLength(1);
      const takes = [1, 2, 3].map(() => shelf.take("alias:a"));
      expect((await Promise.all(takes)).filter((value) => value !== undefined)).toHaveLength(1);
    });

    it("takes a value away with its key", async () => {
      await shelf.put("invite:1", "one", FOR_GOOD);
      expect(await shelf.take("invite:1")).toBe("one");
      expect(await shelf.take("invite:1")).toBeUndefined();
      expect(await shelf.get("invite:1")).toBeUndefined();
      expect(await shelf.list("invite:")).toEqual([]);
    });

    it("lists a prefix in the order of the keys", async () => {
      const end = Date.now() + HOUR_MS;
      for (const key of ["hook:b/2", "hook:a/1", "hook:b/10", "hooks:b/1", "invite:b/1"]) {
        await shelf.put(key, `at ${key}`, { until: end });
      }
      await shelf.put("hook:b/1", "for good", FOR_GOOD);
      expect(await shelf.list("hook:b/")).toEqual([
        { key: "hook:b/1", value: "for good", until: Infinity },
        { key: "hook:b/10", value: "at hook:b/10", until: end },
        { key: "hook:b/2", value: "at hook:b/2", until: end },
      ]);
      expect(await shelf.list("hook:")).toHaveLength(4);
    });

    it("lists so many and no more", async () => {
      const keys = Array.from({ length: SHELF_LIST_MAX + 1 }, (_, n) => `mark:${1_000_000 + n}`);
      await Promise.all(keys.map((key) => shelf.put(key, "", FOR_GOOD)));
      const listed = await shelf.list("mark:");
      expect(listed.map(({ key }) => key)).toEqual(keys.slice(0, SHELF_LIST_MAX));
    });

    it("forgets a value at its end", async () => {
      await shelf.put("invite:1", "over", { until: Date.now() - 1 });
      await shelf.put("invite:2", "soon over", { until: Date.now() + 50 });
      await shelf.put("invite:3", "long", { until: Date.now() + HOUR_MS });
      await until(async () => expect(await shelf.get("invite:2")).toBeUndefined());
      expect(await shelf.get("invite:1")).toBeUndefined();
      expect(await shelf.take("invite:1")).toBeUndefined();
      expect((await shelf.list("invite:")).map(({ key }) => key)).toEqual(["invite:3"]);
      expect(await shelf.put("invite:2", "new", { ...FOR_GOOD, onlyIf: null })).toBe(true);
      expect(await shelf.get("invite:2")).toBe("new");
    });

    it("forgets a value after so long", async () => {
      const from = Date.now();
      await shelf.put("invite:1", "over", { forMs: 0 });
      await shelf.put("invite:2", "soon over", { forMs: 50 });
      await shelf.put("invite:3", "long", { forMs: HOUR_MS });
      await until(async () => expect(await shelf.get("invite:2")).toBeUndefined());
      await until(async () => expect(await shelf.get("invite:1")).toBeUndefined());
      const [item, ...others] = await shelf.list("invite:");
      expect(others).toEqual([]);
      expect(item).toMatchObject({ key: "invite:3", value: "long" });
      // The clocks of shelf and test may differ by a moment.
      expect(item?.until).toBeGreaterThan(from + HOUR_MS / 2);
      expect(item?.until).toBeLessThan(Date.now() + 2 * HOUR_MS);
      await expect(shelf.put("invite:4", "", { forMs: 0.5 })).rejects.toThrow(RangeError);
    });

    it("gives a value the end that was put last", async () => {
      await shelf.put("invite:1", "one", { until: Date.now() + HOUR_MS });
      await shelf.put("invite:1", "one", FOR_GOOD);
      expect(await shelf.list("invite:")).toEqual([
        { key: "invite:1", value: "one", until: Infinity },
      ]);
    });

    it.each([
      "",
      "invite",
      "invite:",
      ":1",
      "Invite:1",
      "invite:a b",
      "invite:é",
      `a:${"x".repeat(201)}`,
    ])("refuses the key %j", async (key) => {
      await expect(shelf.get(key)).rejects.toThrow(RangeError);
      await expect(shelf.put(key, "", FOR_GOOD)).rejects.toThrow(RangeError);
      await expect(shelf.take(key)).rejects.toThrow(RangeError);
    });

    it("refuses a prefix that names no collection", async () => {
      await expect(shelf.list("inv")).rejects.toThrow(RangeError);
      await expect(shelf.list("")).rejects.toThrow(RangeError);
    });

    it(`refuses a value of more than ${SHELF_VALUE_BYTES_MAX} bytes`, async () => {
      const longest = "é".repeat(SHELF_VALUE_BYTES_MAX / 2);
      expect(await shelf.put("invite:1", longest, FOR_GOOD)).toBe(true);
      expect(await shelf.get("invite:1")).toBe(longest);
      await expect(shelf.put("invite:1", `${longest}x`, FOR_GOOD)).rejects.toThrow(RangeError);
      expect(await shelf.get("invite:1")).toBe(longest);
    });

    it.each([Number.NaN, -Infinity, 0.5])("refuses the end %d", async (end) => {
      await expect(shelf.put("invite:1", "", { until: end })).rejects.toThrow(RangeError);
    });

    it("is there after it was opened again, if it outlives that", async () => {
      if (!opened.reopen) return;
      const end = Date.now() + HOUR_MS;
      await shelf.put("invite:1", "one", { until: end });
      await shelf.put("invite:2", "two", FOR_GOOD);
      await shelf.take("invite:2");
      opened = await opened.reopen();
      expect(await opened.shelf.list("invite:")).toEqual([
        { key: "invite:1", value: "one", until: end },
      ]);
    });
  });
}
