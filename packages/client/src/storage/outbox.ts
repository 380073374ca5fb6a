import type { EntryRequest, Refusal } from "@parley/protocol";
import type { Cancel } from "../clock.ts";

/** A pending entry as it is stored. Later versions must read records of earlier ones. */
export interface OutboxRecord {
  /** The entry's id; the same for every try (SPEC D2). */
  readonly id: string;
  readonly frame: EntryRequest;
  /** When it was written, in ms since 1970. */
  readonly at: number;
  /** Why it was refused for good, if it was. */
  readonly refusal?: Refusal;
}

/**
 * Stores pending entries, a list for each room (SPEC D5). A port, implemented in memory and over
 * IndexedDB. Calls take effect in the order in which they are made. A call that the storage refuses
 * (a full disk, a private window) rejects with a DOMException or a system error, and nothing is
 * lost: the client keeps the record in memory and continues. Any other error is reported, too.
 */
export interface Outbox {
  /** Reads all records of a room, in the order in which they were written. */
  load(roomId: string): Promise<readonly OutboxRecord[]>;
  /** Adds a record at the end, or replaces the one with the same id, which keeps its place. */
  put(roomId: string, record: OutboxRecord): Promise<void>;
  /** Removes a record; an unknown id is no error. */
  remove(roomId: string, id: string): Promise<void>;
  /** Calls back whenever another tab changed the records of a room. */
  watch(roomId: string, changed: () => void): Cancel;
}
