import type { Frames } from "./frame-batch.ts";
import { loadBackTo, type FetchPage } from "./older-page.ts";
import { indexOfSeq } from "./revise.ts";
import type { RoomState, RoomStore } from "./store.ts";
import type { Sought } from "./view.ts";

/** How long a message that was found stands out, in ms. */
export const FOUND_MS = 2_500;
/** How long the log may take to come as far as a message that is newer than it, in ms. */
const NEWER_WAIT_MS = 5_000;
/** How long a page that is on its way already may take, in ms. */
const PAGE_WAIT_MS = 15_000;

/**
 * Looks for a message, such as one that a link names, and brings the log as far back as it takes.
 * What comes of it stands in `sought`; whoever looks for another one ends this.
 * @param seq of the message
 */
export async function seek(
  store: RoomStore,
  fetchPage: FetchPage,
  frames: Frames,
  seq: number,
): Promise<void> {
  const looking: Sought = { is: "looking", seq };
  store.setState({ sought: looking });
  const isWanted = () => store.getState().sought === looking;

  await until(store, frames, NEWER_WAIT_MS, ({ head }) => seq <= head);
  await until(store, frames, PAGE_WAIT_MS, ({ older }) => older.is !== "loading");
  if (isWanted() && seq < store.getState().oldest) await loadBackTo(store, fetchPage, seq);
  if (!isWanted()) return;

  const found = outcome(store.getState(), seq);
  store.setState({ sought: found });
  if (found.is !== "found") return;
  frames.after(FOUND_MS, () => {
    if (store.getState().sought === found) store.setState({ sought: { is: "nothing" } });
  });
}

function outcome({ messages, oldest, older }: RoomState, seq: number): Sought {
  if (indexOfSeq(messages, seq) !== undefined) return { is: "found", seq };
  const isBefore = seq < oldest && older.is !== "trimmed" && older.is !== "beginning";
  return { is: isBefore ? "failed" : "gone", seq };
}

/** Waits until something holds, or a time (ms) is up. */
function until(
  store: RoomStore,
  frames: Frames,
  withinMs: number,
  holds: (state: RoomState) => boolean,
): Promise<void> {
  if (holds(store.getState())) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = () => {
      unsubscribe();
      callOff();
      resolve();
    };
    const callOff = frames.after(withinMs, finish);
    const unsubscribe = store.subscribe((state) => holds(state) && finish());
  });
}
