import { PAGE_ENTRIES_MAX, type LogEntry } from "@parley/protocol";
import { isUnknown, partEntries } from "./message.ts";
import { learnNames } from "./names.ts";
import { olderThan } from "./reduce.ts";
import { revise } from "./revise.ts";
import type { RoomStore } from "./store.ts";
import type { Older } from "./view.ts";

/** Entries asked for when the reader nears the top. */
const PAGE_ENTRIES = 100;
/** Entries before a message that is looked for, so that it does not stand alone at the top. */
const LEAD_ENTRIES = 20;

/** What a page of history holds; see the client's `history`. */
export interface Page {
  readonly entries: readonly LogEntry[];
  readonly more: boolean;
  readonly truncatedBefore?: number;
}

/** Asks for the `limit` entries before `before`; may reject. */
export type FetchPage = (before: number, limit: number) => Promise<Page>;

/**
 * Brings the page before the first message into the store. Does nothing while one is on its way or
 * where there is none. A page that comes after the log has started anew is dropped.
 */
export async function loadOlder(store: RoomStore, fetchPage: FetchPage): Promise<void> {
  await load(store, (before) => fetchPage(before, PAGE_ENTRIES));
}

/**
 * Brings in one piece what stands before the first message, as far back as an entry and some before
 * it.
 * @param seq of the entry
 */
export async function loadBackTo(
  store: RoomStore,
  fetchPage: FetchPage,
  seq: number,
): Promise<void> {
  await load(store, async (oldest) => {
    const first = Math.max(1, seq - LEAD_ENTRIES);
    const pages: Page[] = [];
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
  fetchBefore: (before: number) => Promise<Page>,
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

function prepend(store: RoomStore, page: Page): void {
  const { orphans, messages, seams, names, oldest, isOutdated, setMessages } = store.getState();
  const { batch, revisions } = partEntries(page.entries);
  const first = page.entries[0]?.payload.seq ?? oldest;
  const pending = [...revisions, ...orphans];
  const seam = messages[0]?.seq;
  store.setState({
    older:
      page.more && page.entries.length > 0
        ? { is: "more", before: first }
        : olderThan(1, page.truncatedBefore),
    oldest: first,
    isOutdated: isOutdated || page.entries.some(isUnknown),
    orphans: pending.filter(({ payload }) => payload.targetSeq < first),
    seams: seam === undefined ? seams : new Set([...seams, seam]),
    names: learnNames(
      names,
      page.entries.map(({ payload }) => payload.from),
    ),
    grew: "up",
  });
  setMessages((m) => [...revise(batch, pending), ...m]);
}
