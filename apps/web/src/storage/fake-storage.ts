import { createTextStore, type TextStore } from "./stored.ts";

/** A storage in memory, for tests. */
export function fakeStorage(): Storage {
  const texts = new Map<string, string>();
  return {
    get length() {
      return texts.size;
    },
    clear: () => texts.clear(),
    getItem: (key) => texts.get(key) ?? null,
    key: (index) => [...texts.keys()][index] ?? null,
    removeItem: (key) => void texts.delete(key),
    setItem: (key, text) => void texts.set(key, text),
  };
}

/** A text store in memory, for tests. */
export function fakeTextStore(): TextStore {
  const storage = fakeStorage();
  return createTextStore(() => storage);
}
