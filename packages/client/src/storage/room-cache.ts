import type { LogEntry, Member, Settings } from "@parley/protocol";

/** What is kept of what a visit has seen of a room: enough to show it again, and to go on from it. */
export interface CachedRoom {
  readonly epoch: string;
  /** The last `seq` that was shown; 0 where the log was empty. */
  readonly seq: number;
  /** The last entries that were shown, without holes; the one at `seq` is the last. */
  readonly entries: readonly LogEntry[];
  /** The log started at this `seq`, where it was trimmed. */
  readonly truncatedBefore?: number;
  /** The settings of the room; a client of before kept none. */
  readonly settings?: Settings;
  /** Who was here, as far as it was told. */
  readonly people: {
    readonly self: Member;
    readonly members: readonly Member[];
    readonly count: number;
  };
}

/** Rooms that are kept; those that were not seen for longest make way. */
export const CACHED_ROOMS_MAX = 50;

/**
 * Where rooms are kept between visits, so that a known one opens at once, offline too. It is a
 * port; it may forget a room at any time, and a rejected call costs no more than the memory.
 */
export interface RoomCache {
  /** Undefined where the room is not known. */
  load(roomId: string): Promise<CachedRoom | undefined>;
  /** Keeps a room in place of what was kept of it; at most {@link CACHED_ROOMS_MAX} are. */
  save(roomId: string, room: CachedRoom): Promise<void>;
}
