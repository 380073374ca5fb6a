import { describe, expect, it } from "vitest";
import { fakeStorage, fakeTextStore } from "./fake-storage.ts";
import {
  createTextStore,
  isNumber,
  isText,
  one,
  optional,
  plain,
  shape,
  stored,
} from "./stored.ts";

describe("text store", () => {
  it("stores, replaces and removes", () => {
    const store = fakeTextStore();
    expect(store.get("a")).toBeUndefined();
    store.set("a", "1");
    store.set("a", "2");
    expect(store.get("a")).toBe("2");
    store.remove("a");
    expect(store.get("a")).toBeUndefined();
  });

  it("continues in memory if storage is denied", () => {
    const store = createTextStore(() => {
      throw new DOMException("denied", "SecurityError");
    });
    store.set("a", "1");
    expect(store.get("a")).toBe("1");
    store.remove("a");
    expect(store.get("a")).toBeUndefined();
  });

  it("returns the newest text when storage is full", () => {
    const storage = fakeStorage();
    const store = createTextStore(() => storage);
    store.set("a", "old");
    storage.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    store.set("a", "new");
    expect(store.get("a")).toBe("new");
  });
});

describe("stored", () => {
  const place = one(shape<{ x: number; y?: number }>({ x: isNumber, y: optional(isNumber) }));

  it("returns what was written, and the fallback for missing or damaged data", () => {
    const store = fakeTextStore();
    const kept = stored("place", place, { x: 0 }, store);
    expect(kept.read()).toEqual({ x: 0 });
    kept.write({ x: 1, y: 2 });
    expect(kept.read()).toEqual({ x: 1, y: 2 });
    for (const damaged of ["", "{", "null", '{"y":1}', '{"x":1,"y":"2"}']) {
      store.set("place", damaged);
      expect(kept.read()).toEqual({ x: 0 });
    }
  });

  it("stores nothing for the fallback", () => {
    const storage = fakeStorage();
    const store = createTextStore(() => storage);
    const text = stored("text", plain(isText), "", store);
    text.write("a");
    expect(storage.getItem("text")).toBe("a");
    text.write("");
    expect(storage.length).toBe(0);
    const maybe = stored("maybe", place, undefined, store);
    maybe.write({ x: 1 });
    maybe.write(undefined);
    expect(storage.length).toBe(0);
  });
});
