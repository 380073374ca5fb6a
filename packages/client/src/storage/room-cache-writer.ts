import { rereadEntries } from "@parley/protocol";
import type { Cancel, Clock } from "../clock.ts";
import type { CachedRoom, RoomCache } from "./room-cache.ts";
import { reportUnlessRefused } from "./storage-failure.ts";

/** If the cache does not answer within this, in ms, the room is joined without it. */
export const CACHE_LOAD_WAIT_MS = 1_000;
/** A change is saved this long after it came, in ms, together with all that came meanwhile. */
export const CACHE_SAVE_AFTER_MS = 2_000;

/**
 * Reads and writes one room in a cache. The cache may fail or hang without holding up the session.
 */
export interface RoomCacheWriter {
  /**
   * Calls back with the room, or with undefined if the cache does not have it or takes too long.
   */
  load(done: (cached: CachedRoom | undefined) => void): void;
  /** Takes the room as it is now, and saves it later if something changed. */
  note(room: CachedRoom): void;
  /** Saves what is not saved yet. */
  flush(): void;
}

export function roomCacheWriter(cache: RoomCache, roomId: string, clock: Clock): RoomCacheWriter {
  let saved: CachedRoom | undefined;
  let latest: CachedRoom | undefined;
  let waiting: Cancel | undefined;
  let isSaving = false;

  const save = async (room: CachedRoom) => {
    isSaving = true;
    saved = room;
    await cache.save(roomId, room).catch(reportUnlessRefused); // The cache may drop a room.
    isSaving = false;
    plan();
  };
  const flush = () => {
    waiting?.();
    waiting = undefined;
    if (latest && latest !== saved && !isSaving) void save(latest);
  };
  const plan = () => {
    if (latest !== saved && !isSaving) waiting ??= clock.after(CACHE_SAVE_AFTER_MS, flush);
  };
  return {
    load(done) {
      const cancel = clock.after(CACHE_LOAD_WAIT_MS, () => done(undefined));
      void cache.load(roomId).then(
        (cached) => {
          cancel();
          done(cached && hasNoHole(cached) ? reread(cached) : undefined);
        },
        (error: unknown) => {
          cancel();
          reportUnlessRefused(error);
          done(undefined);
        },
      );
    },
    note(room) {
      if (latest && isSame(latest, room)) return;
      latest = room;
      plan();
    },
    flush,
  };
}

/** An earlier version may have stored kinds that this one knows (SPEC O5). */
function reread(room: CachedRoom): CachedRoom | undefined {
  const entries = rereadEntries(room.entries);
  return entries && { ...room, entries };
}

/** A stored room with a gap is never shown, not even one that an older version stored (SPEC R4). */
function hasNoHole({ seq, entries }: CachedRoom): boolean {
  const first = seq - entries.length + 1;
  return first >= 1 && entries.every(({ payload }, place) => payload.seq === first + place);
}

function isSame(one: CachedRoom, other: CachedRoom): boolean {
  return (
    one.entries === other.entries &&
    one.people === other.people &&
    one.settings === other.settings &&
    one.epoch === other.epoch &&
    one.seq === other.seq
  );
}
