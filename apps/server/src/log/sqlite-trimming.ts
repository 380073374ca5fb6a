import type { Retention } from "../config.ts";
import type { SqliteStore } from "./sqlite-store.ts";

/** How often all rooms are gone through, in ms. */
const ROUND_EVERY_MS = 60_000;
/** How long the steps of a round are apart, in ms: appends go first. */
const STEP_EVERY_MS = 20;
/** Rooms looked at in one step. */
const ROOMS_A_STEP = 50;
/** Entries that go in one step, at the most. */
const ENTRIES_A_STEP = 500;

/**
 * Drops what is no longer to be kept, in small steps between the batches.
 * @returns stops it
 */
export function startTrimming(store: SqliteStore, retention: Retention): () => void {
  let after = 0;
  let timer = setTimeout(step, STEP_EVERY_MS);

  function step(): void {
    let pause = STEP_EVERY_MS;
    try {
      const rooms = store.roomsAfter(after, ROOMS_A_STEP);
      if (rooms.length === 0) pause = ROUND_EVERY_MS;
      after = trimSome(store, rooms, retention) ?? rooms.at(-1)?.key ?? 0;
    } catch {
      // A disk that fails now is tried again later; nothing was dropped.
      pause = ROUND_EVERY_MS;
    }
    timer = setTimeout(step, pause);
  }
  return () => clearTimeout(timer);
}

/** @returns after which room to go on, where a step was not enough for all */
function trimSome(
  store: SqliteStore,
  rooms: readonly { key: number; id: string }[],
  { entries, ageMs }: Retention,
): number | undefined {
  const since = Date.now() - ageMs;
  return store.transaction(() => {
    let left = ENTRIES_A_STEP;
    for (const { key, id } of rooms) {
      left -= store.trim(id, entries, since, left);
      if (left === 0) return key - 1;
    }
    return undefined;
  });
}
