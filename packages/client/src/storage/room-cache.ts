import type { LogEntry, Member, Settings } from "@parley/protocol";

/** A room as it was last shown: enough to show it again, and to go on from it. */
export interface CachedRoom {
  readonly epoch: string;
  /** The last `seq` that was shown; 0 if the log was empty. */
  readonly seq: number;
  /** The last entries that were shown, without holes; the one at `seq` is the last. */
  readonly entries: readonly LogEntry[];
  /** The log was trimmed: it starts at this `seq`. */
  readonly truncatedBefore?: number;
  /** The settings of the room; a client of before kept none. */
  readonly settings?: Settings;
  /** The members, as far as the server told of them. */
  readonly people: {
    readonly self: Member;
    readonly members: readonly Member[];
    readonly count: number;
  };
}

/** Rooms that are kept at most; the one saved longest ago makes way. */
export const CACHED_ROOMS_MAX = 50;

/**
 * Keeps rooms between visits: a known one opens at once, also offline. It is a port. It may forget a
 * room at any time; a call that the storage refuses rejects, and the client goes on without.
 */
export interface RoomCache {
  /** Undefined if the room is not kept. */
  load(roomId: string): Promise<CachedRoom | undefined>;
  /** Replaces what is kept of a room; at most {@link CACHED_ROOMS_MAX} rooms are kept. */
  save(roomId: string, room: CachedRoom): Promise<void>;
}
