import { Overtaken } from "./ownership.ts";
import { isStorageFailure } from "./storage-failure.ts";
import type { SqliteStore } from "./store.ts";

/** How often some entries are checked, in ms: 64 a second are five million a day. */
const STEP_EVERY_MS = 1_000;
/** Entries that are checked in one step. */
const ENTRIES_A_STEP = 64;

/**
 * Reads all entries of all rooms, over and over, a few at a time, so that damage is found before
 * somebody needs what is damaged. An index of ids that does not lead to each entry is made again:
 * what is sent again would be taken for new.
 * @param onStep called after each step, which may have found some
 * @param onReindexed called after the index was made again
 * @returns stops it
 */
export function startScrubbing(
  store: SqliteStore,
  onStep: () => void,
  onReindexed: () => void,
): () => void {
  let place: Place = { key: 0, after: 0 };
  const timer = setInterval(() => {
    try {
      const next = scrub(store, place);
      if (next === "index is damaged") {
        place = { key: 0, after: 0 };
        store.reindex();
        onReindexed();
      } else {
        place = next;
        onStep();
      }
    } catch (error) {
      // The worker looks every few seconds whose log it is, and ends then.
      if (!(error instanceof Overtaken) && !isStorageFailure(error)) throw error;
      // A disk that fails now fails the next read, which says so; the rest is still checked.
      place = { key: place.key + 1, after: 0 };
    }
  }, STEP_EVERY_MS);
  return () => clearInterval(timer);
}

/** The next entries to check: those of the first room from this key on, after this `seq`. */
interface Place {
  readonly key: number;
  readonly after: number;
}

/** @returns where to go on */
function scrub(store: SqliteStore, { key, after }: Place): Place | "index is damaged" {
  const [room] = store.roomsAfter(key - 1, 1);
  if (!room) return { key: 0, after: 0 };
  const range = { after, limit: ENTRIES_A_STEP, withSettings: true } as const;
  const { entries } = store.read(room.id, range);
  if (!entries.every((entry) => store.isIndexed(room.id, entry))) return "index is damaged";
  const last = entries.at(-1)?.payload.seq;
  return last === undefined || entries.length < ENTRIES_A_STEP
    ? { key: room.key + 1, after: 0 }
    : { key: room.key, after: last };
}
