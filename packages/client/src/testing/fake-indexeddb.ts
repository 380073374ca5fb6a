import * as platform from "fake-indexeddb";
import { afterAll, beforeAll, vi } from "vitest";

/** Gives the tests of a file the IndexedDB of a browser: the real code runs against it. */
export function provideIndexedDb(): void {
  const { default: indexedDB, forceCloseDatabase: _, ...classes } = platform;
  beforeAll(() => {
    vi.stubGlobal("indexedDB", indexedDB);
    for (const [name, value] of Object.entries(classes)) vi.stubGlobal(name, value);
  });
  afterAll(() => void vi.unstubAllGlobals());
}
