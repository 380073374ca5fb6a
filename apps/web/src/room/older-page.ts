import type { EntryFrame } from "@parley/protocol";
import { partEntries } from "./message.ts";
import { learnNames } from "./names.ts";
import { olderThan } from "./reduce.ts";
import { revise } from "./revise.ts";
import type { RoomStore } from "./store.ts";
import type { Older } from "./view.ts";

/** Entries asked for when the reader nears the top. */
const PAGE_ENTRIES = 100;

/** What a page of history holds; see the client's `history`. */
export interface Page {
  readonly entries: readonly EntryFrame[];
  readonly more: boolean;
  readonly truncatedBefore?: number;
}

/**
 * Brings the page before the first message into the store. Does nothing while one is on its way or
 * where there is none. A page that comes after the log has started anew is dropped.
 * @param fetchPage asks for the `limit` entries before `before`; may reject
 */
export async function loadOlder(
  store: RoomStore,
  fetchPage: (before: number, limit: number) => Promise<Page>,
): Promise<void> {
  const { older } = store.getState();
  if (older.is !== "more" && older.is !== "failed") return;
  const loading: Older = { is: "loading", before: older.before };
  store.setState({ older: loading });
  try {
    const page = await fetchPage(older.before, PAGE_ENTRIES);
    if (store.getState().older === loading) prepend(store, page);
  } catch {
    if (store.getState().older === loading) {
      store.setState({ older: { is: "failed", before: older.before } });
    }
  }
}

function prepend(store: RoomStore, page: Page): void {
  const { orphans, messages, seams, names, oldest, setMessages } = store.getState();
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
