import type { HistoryPage } from "@parley/client";
import { PAGE_ENTRIES_MAX } from "@parley/protocol";
import type { AnimationFrames } from "./frame-batch.ts";
import { type FetchPage, load } from "./history.ts";
import { indexOfSeq } from "./revise.ts";
import type { RoomState, RoomStore } from "./store.ts";
import type { JumpTarget } from "./timeline-slice.ts";

/** How many entries before a jump target are loaded, so that it is not alone at the top. */
const LEAD_ENTRIES = 20;

/**
 * Loads in one request what lies before the first message, back to an entry and some before it.
 * @param seq of the entry
 */
export async function loadBackTo(
  store: RoomStore,
  fetchPage: FetchPage,
  seq: number,
): Promise<void> {
  await load(store, (oldest) => pagesBackTo(Math.max(1, seq - LEAD_ENTRIES), oldest, fetchPage));
}

/** How many pages are loaded at most to reach where the user left off. */
const UNREAD_PAGES_MAX = 5;

/** Loads what lies before the first message, back to where the user left off, up to a limit. */
export async function loadUnread(store: RoomStore, fetchPage: FetchPage): Promise<void> {
  await load(store, (oldest) =>
    pagesBackTo(store.getState().lastRead + 1, oldest, fetchPage, UNREAD_PAGES_MAX),
  );
}

/** Requests pages before `oldest` until they reach `first`; returns them as one. */
async function pagesBackTo(
  first: number,
  oldest: number,
  fetchPage: FetchPage,
  pagesMax = Number.POSITIVE_INFINITY,
): Promise<HistoryPage> {
  const pages: HistoryPage[] = [];
  let before = oldest;
  for (;;) {
    const page = await fetchPage(before, PAGE_ENTRIES_MAX);
    pages.unshift(page);
    before = page.entries[0]?.payload.seq ?? 0;
    if (before <= first || !page.more || pages.length === pagesMax) {
      return { ...page, entries: pages.flatMap(({ entries }) => entries) };
    }
  }
}

/** How long a jump target is highlighted, in ms. */
export const FOUND_MS = 2_500;
/** How long to wait for a message that is newer than the loaded log, in ms. */
const NEWER_WAIT_MS = 5_000;
/** How long to wait for a page that is already requested, in ms. */
const PAGE_WAIT_MS = 15_000;

/**
 * Jumps to a message, for example of a link, and loads the log back to it if needed. The state is
 * in `jumpTarget`; another jump ends this one.
 * @param seq of the message
 * @param newest the last `seq` of the room's log; undefined if it is not known
 */
export async function jumpTo(
  store: RoomStore,
  fetchPage: FetchPage,
  frames: AnimationFrames,
  seq: number,
  newest: () => number | undefined,
): Promise<void> {
  const looking: JumpTarget = { is: "looking", seq };
  store.setState({ jumpTarget: looking });
  const isWanted = () => store.getState().jumpTarget === looking;

  await until(store, frames, NEWER_WAIT_MS, ({ head }) => seq <= head || seq > (newest() ?? seq));
  await until(store, frames, PAGE_WAIT_MS, ({ older }) => older.is !== "loading");
  if (isWanted() && seq < store.getState().oldest) await loadBackTo(store, fetchPage, seq);
  if (!isWanted()) return;

  const found = outcome(store.getState(), seq);
  store.setState({ jumpTarget: found });
  if (found.is !== "found") return;
  frames.after(FOUND_MS, () => {
    if (store.getState().jumpTarget === found) store.setState({ jumpTarget: { is: "nothing" } });
  });
}

function outcome({ messages, oldest, older }: RoomState, seq: number): JumpTarget {
  if (indexOfSeq(messages, seq) !== undefined) return { is: "found", seq };
  if (seq >= oldest || older.is === "beginning") return { is: "missing", seq };
  return { is: older.is === "trimmed" ? "gone" : "failed", seq };
}

/** Waits until a condition holds, or a time (ms) is up. */
function until(
  store: RoomStore,
  frames: AnimationFrames,
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
