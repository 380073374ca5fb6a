import * as platform from "fake-indexeddb";
import { beforeAll } from "vitest";

/**
 * Gives the tests of a file a browser's IndexedDB, so that the real code runs against it. It stays
 * until the file's worker ends, as in a browser: code that still reads or writes after the last
 * test would otherwise throw and fail the run.
 */
export function provideIndexedDb(): void {
  const { default: indexedDB, forceCloseDatabase: _, ...classes } = platform;
  beforeAll(() => void Object.assign(globalThis, classes, { indexedDB }));
}
