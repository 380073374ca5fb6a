import type { EntryRequest, Refusal } from "@parley/protocol";
import type { Cancel } from "../clock.ts";

/** A pending message, or another pending entry, as it is stored. Stored records outlive versions. */
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
 * Keeps what is not acknowledged yet, a list for each room (SPEC D5). It is a port: memory fills it,
 * and IndexedDB. Calls take effect in the order in which they are made. A call that the storage
 * refuses (a full disk, a private window) rejects with a DOMException or a system error, and loses
 * nothing: the client keeps the record in memory and goes on. Any other error is reported as well.
 */
export interface Outbox {
  /** Reads everything kept for a room, in the order in which it was written. */
  load(roomId: string): Promise<readonly OutboxRecord[]>;
  /** Adds at the end, or replaces the one with the same id, which keeps its place. */
  put(roomId: string, record: OutboxRecord): Promise<void>;
  /** Forgets one; an unknown id is no error. */
  remove(roomId: string, id: string): Promise<void>;
  /** Calls back whenever another tab has changed what is kept for a room. */
  watch(roomId: string, changed: () => void): Cancel;
}
