import { RefusedError, type HistoryPage } from "@parley/client";
import { isUnknown, partEntries } from "./message.ts";
import { authorsMet } from "./presence-slice.ts";
import { type Older, olderThan } from "./log-slice.ts";
import { revise } from "./revise.ts";
import { readingPrepended } from "./reading-slice.ts";
import { settingsPrepended } from "./settings-slice.ts";
import type { RoomStore } from "./store.ts";

/** How many entries are requested when the user nears the top. */
const PAGE_ENTRIES = 100;

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
 * Loads what lies before the first message. Does nothing while a page is requested or if there is
 * none.
 * @param fetchBefore requests it, before a `seq`
 */
export async function load(
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
  } catch (error) {
    if (store.getState().older === loading) {
      store.setState({ older: failedOlder(loading) });
    }
    if (!(error instanceof RefusedError)) throw error;
  }
}

/** The page before the first message could not be loaded. */
export function failedOlder(older: Older): Older {
  return "before" in older ? { is: "failed", before: older.before } : older;
}

function prepend(store: RoomStore, page: HistoryPage): void {
  const state = store.getState();
  const { pendingRevisions, messages, pageBoundaries, oldest, isOutdated, setMessages } = state;
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
    ...authorsMet(state, page.entries),
    ...settingsPrepended(state, page.entries),
    ...readingPrepended(state, page.entries),
    lastChange: "up",
  });
}
