import type { AnimationFrames } from "./frame-batch.ts";
import type { FetchPage } from "./history.ts";
import { jumpTo, loadBackTo } from "./jump.ts";
import type { RoomStore } from "./store.ts";

/** How many entries are loaded at most to reach a day: all of them stay in the list. */
const BACK_ENTRIES_MAX = 20_000;
/** More steps than any binary search over a log takes. */
const STEPS_MAX = 60;

/** The outcome of a jump to a day; `none`: there is no message on it or later. */
export type DayOutcome = "found" | "none" | "too-far" | "failed";

/**
 * Jumps to the first message of a day or, if there is none, to the next one, and loads the log back to
 * it. A binary search finds where the day begins in the log.
 * @param begins when the day begins, in ms since 1970
 */
export async function jumpToDay(
  store: RoomStore,
  fetchPage: FetchPage,
  frames: AnimationFrames,
  begins: number,
): Promise<DayOutcome> {
  const { oldest, older, messages } = store.getState();
  const isHere = older.is === "beginning" || older.is === "trimmed" || oldest <= 1;
  const earliest = messages[0];
  if (!isHere && (earliest === undefined || earliest.at >= begins)) {
    const seq = await firstSince(begins, oldest, fetchPage);
    if (oldest - seq > BACK_ENTRIES_MAX) return "too-far";
    if (seq < oldest) await loadBackTo(store, fetchPage, seq);
    if (store.getState().oldest > seq) return "failed";
  }
  const message = store.getState().messages.find(({ at }) => at >= begins);
  if (!message) return "none";
  await jumpTo(store, fetchPage, frames, message.seq, () => undefined);
  return "found";
}

/** The first `seq` before `oldest` whose entry is not older than a time; `oldest` if there is none. */
async function firstSince(at: number, oldest: number, fetchPage: FetchPage): Promise<number> {
  let low = 1;
  let high = oldest;
  for (let step = 0; low < high && step < STEPS_MAX; step += 1) {
    const middle = Math.floor((low + high) / 2);
    const { entries } = await fetchPage(middle + 1, 1);
    const entry = entries.at(-1);
    // Entries that are no longer kept are older.
    if (entry && entry.payload.at >= at) high = Math.min(middle, entry.payload.seq);
    else low = middle + 1;
  }
  return high;
}
