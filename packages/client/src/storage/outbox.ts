import type { Refusal } from "@parley/protocol";
import type { Cancel } from "../clock.ts";
import type { OutgoingFrame } from "../events.ts";

/** What is kept of something that was written and is not acknowledged yet. */
export interface OutboxRecord {
  /** The entry's id; the same for every try (SPEC D2). */
  readonly id: string;
  readonly frame: OutgoingFrame;
  /** When it was written, in ms since 1970. */
  readonly at: number;
  /** Why it was refused for good, where it was. */
  readonly refusal?: Refusal;
}

/**
 * Where written things wait for their acknowledgement, a list for each room (SPEC D5). It is a
 * port: memory is one, IndexedDB another. Calls take effect in the order in which they are made. A
 * rejected call loses nothing: the client keeps what it was told and goes on.
 */
export interface Outbox {
  /** Everything kept for a room, in the order in which it was written. */
  load(roomId: string): Promise<readonly OutboxRecord[]>;
  /** Adds at the end, or replaces the one with the same id, which keeps its place. */
  put(roomId: string, record: OutboxRecord): Promise<void>;
  /** Forgets one; an unknown id is no error. */
  remove(roomId: string, id: string): Promise<void>;
  /** Calls back whenever somebody else, another tab say, has changed what is kept for a room. */
  watch(roomId: string, changed: () => void): Cancel;
}
