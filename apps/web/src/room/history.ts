import { type LogEntry, PAGE_ENTRIES_MAX } from "@parley/protocol";
import type { Frames } from "./frame-batch.ts";
import { isUnknown, partEntries } from "./message.ts";
import { learnNames } from "./names.ts";
import { type Older, olderThan } from "./log-slice.ts";
import { indexOfSeq, revise } from "./revise.ts";
import { settingsPrepended } from "./settings-slice.ts";
import type { RoomState, RoomStore } from "./store.ts";
import type { JumpTarget } from "./timeline-slice.ts";

/** How many entries are requested when the user nears the top. */
const PAGE_ENTRIES = 100;
/** How many entries before a jump target are loaded, so that it is not alone at the top. */
const LEAD_ENTRIES = 20;

/** A page of history; see the client's `history`. */
export interface HistoryPage {
  readonly entries: readonly LogEntry[];
  readonly more: boolean;
  readonly truncatedBefore?: number;
}

/** Requests the `limit` entries before `before`; may reject. */
export type FetchPage = (before: number, limit: number) => Promise<HistoryPage>;

/**
 * Loads the page before the first message into the store. Does nothing while one is requested or if
 * there is none. A page that arrives after a reset is dropped.
 */
export async function loadOlder(store: RoomStore, fetchPage: FetchPage): Promise<void> {
  await load(store, (before) => fetchPage(before, PAGE_ENTRIES));
}

/**
 * Loads in one request what lies before the first message, back to an entry and some before it.
 * @param seq of the entry
 */
async function loadBackTo(store: RoomStore, fetchPage: FetchPage, seq: number): Promise<void> {
  await load(store, async (oldest) => {
    const first = Math.max(1, seq - LEAD_ENTRIES);
    const pages: HistoryPage[] = [];
    let before = oldest;
    for (;;) {
      const page = await fetchPage(before, PAGE_ENTRIES_MAX);
      pages.unshift(page);
      before = page.entries[0]?.payload.seq ?? 0;
      if (before <= first || !page.more) {
        return { ...page, entries: pages.flatMap(({ entries }) => entries) };
      }
    }
  });
}

async function load(
  store: RoomStore,
  fetchBefore: (before: number) => Promise<HistoryPage>,
): Promise<void> {
  const { older } = store.getState();
  if (older.is !== "more" && older.is !== "failed") return;
  const loading: Older = { is: "loading", before: older.before };
  store.setState({ older: loading });
  try {
    const page = await fetchBefore(older.before);
    if (store.getState().older === loading) prepend(store, page);
  } catch {
    if (store.getState().older === loading) {
      store.setState({ older: { is: "failed", before: older.before } });
    }
  }
}

function prepend(store: RoomStore, page: HistoryPage): void {
  const state = store.getState();
  const { pendingRevisions, messages, pageBoundaries, names, oldest, isOutdated, setMessages } =
    state;
  const { batch, revisions } = partEntries(page.entries);
  const first = page.entries[0]?.payload.seq ?? oldest;
  const pending = [...revisions, ...pendingRevisions];
  const seam = messages[0]?.seq;
  setMessages((m) => [...revise(batch, pending), ...m], {
    older:
      page.more && page.entries.length > 0
        ? { is: "more", before: first }
        : olderThan(1, page.truncatedBefore),
    oldest: first,
    isOutdated: isOutdated || page.entries.some(isUnknown),
    pendingRevisions: pending.filter(({ payload }) => payload.targetSeq < first),
    pageBoundaries: seam === undefined ? pageBoundaries : new Set([...pageBoundaries, seam]),
    names: learnNames(
      names,
      page.entries.map(({ payload }) => payload.from),
    ),
    ...settingsPrepended(state, page.entries),
    lastChange: "up",
  });
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
  frames: Frames,
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
