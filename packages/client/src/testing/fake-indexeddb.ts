import * as platform from "fake-indexeddb";
import { beforeAll } from "vitest";

/**
 * Gives the tests of a file the IndexedDB of a browser: the real code runs against it. It stays to
 * the end of the file's worker, as a browser keeps its own: what still reads or writes after the last
 * test would fail without it, and with it the whole run.
 */
export function provideIndexedDb(): void {
  const { default: indexedDB, forceCloseDatabase: _, ...classes } = platform;
  beforeAll(() => void Object.assign(globalThis, classes, { indexedDB }));
}
