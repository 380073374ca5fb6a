import { describe, expect, it } from "vitest";
import { fakeStorage, fakeTextStore } from "./fake-storage.ts";
import { createTextStore } from "./text-store.ts";

describe("text store", () => {
  it("keeps, replaces and forgets", () => {
    const store = fakeTextStore();
    expect(store.get("a")).toBeUndefined();
    store.set("a", "1");
    store.set("a", "2");
    expect(store.get("a")).toBe("2");
    store.remove("a");
    expect(store.get("a")).toBeUndefined();
  });

  it("goes on in memory where storage is denied", () => {
    const store = createTextStore(() => {
      throw new DOMException("denied", "SecurityError");
    });
    store.set("a", "1");
    expect(store.get("a")).toBe("1");
    store.remove("a");
    expect(store.get("a")).toBeUndefined();
  });

  it("shows the newest text when storage is full", () => {
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
