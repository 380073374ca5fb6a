import { openLocalPresence } from "../../presence/local-presence.ts";
import type { Backend } from "../backend.ts";
import { MemoryFiles } from "./files.ts";
import { MemoryLog } from "./log.ts";
import { MemoryShelf } from "./shelf.ts";

/** A backend that ends with the process, for tests. */
export function memoryBackend(given: Partial<Backend> = {}): Backend {
  return {
    log: new MemoryLog(),
    shelf: new MemoryShelf(),
    files: new MemoryFiles(),
    openPresence: openLocalPresence,
    trouble: () => undefined,
    damagedEntries: () => 0,
    size: () => undefined,
    close: async () => {},
    ...given,
  };
}
