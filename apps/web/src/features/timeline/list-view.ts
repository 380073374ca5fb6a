import { createStore, type StoreApi } from "zustand/vanilla";
import type { Box } from "../../ui/popup.tsx";

/** Which rows of a list are in view, by their indexes. */
export interface ListView {
  /** The first one, perhaps only its end. */
  readonly first: number;
  /** The first one that the day and the author do not cover. */
  readonly under: number;
  /** The beginning of that row, with its author, is out of view. */
  readonly isCut: boolean;
  /** The last one that is whole; before `first` if a single row is taller than the view. */
  readonly lastWhole: number;
}

interface ListViewState extends ListView {
  /** The first unread message (its `seq`) whose line "New" has been in view. */
  readonly metNew: number | undefined;
  /** The choice of a date is open; it proposes the day of `at` (ms since 1970). */
  readonly dayMenu: { readonly at: number; readonly beside: Box } | undefined;
}

/** What is in view, outside React: it changes as the user scrolls. */
export type ListViewStore = StoreApi<ListViewState>;

export function createListView(): ListViewStore {
  return createStore<ListViewState>()(() => ({
    first: 0,
    under: 0,
    isCut: false,
    lastWhole: -1,
    metNew: undefined,
    dayMenu: undefined,
  }));
}

/** Opens the choice of a date beside what was pressed. */
export function askForDay(store: ListViewStore, at: number, pressed: HTMLElement): void {
  store.setState({ dayMenu: { at, beside: pressed.getBoundingClientRect() } });
}
