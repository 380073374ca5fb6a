import type { LogEntry, Member, Settings } from "@parley/protocol";

/** A room as it was last shown: enough to show it again, and to continue from there. */
export interface CachedRoom {
  readonly epoch: string;
  /** The last `seq` that was shown; 0 if the log was empty. */
  readonly seq: number;
  /** The last entries that were shown, without holes; the one at `seq` is the last. */
  readonly entries: readonly LogEntry[];
  /** The first `seq` that is kept, if the log was trimmed. */
  readonly truncatedBefore?: number;
  /** The settings of the room; earlier clients stored none. */
  readonly settings?: Settings;
  /** The members, as far as the server listed them. */
  readonly people: {
    readonly self: Member;
    readonly members: readonly Member[];
    readonly count: number;
  };
}

/** The most rooms that are kept; the one saved longest ago is dropped. */
export const CACHED_ROOMS_MAX = 50;

/**
 * Stores rooms between visits: a known room opens at once, also offline. A port. It may drop a room
 * at any time. A call that the storage refuses rejects, and the client continues without it.
 */
export interface RoomCache {
  /** Undefined if the room is not stored. */
  load(roomId: string): Promise<CachedRoom | undefined>;
  /** Replaces what is stored of a room; at most {@link CACHED_ROOMS_MAX} rooms are kept. */
  save(roomId: string, room: CachedRoom): Promise<void>;
}
