import { createContext, useCallback, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Box } from "../../ui/popup.tsx";

/** The menu of a row's message, beside the element that opened it. */
export interface OpenMenu {
  readonly row: string;
  readonly shows: "actions" | "emoji";
  readonly beside: Box;
}

/** Which row of the timeline is active. */
interface ActiveRow {
  /** The row under the pointer, or else the focused one: it shows its tools. */
  readonly row: string | undefined;
  /** The row that has the focus, or contains it. */
  readonly focused: string | undefined;
  readonly menu: OpenMenu | undefined;
  /** A short confirmation of the last action. */
  readonly toast: string | undefined;
}

export type ActiveRowStore = StoreApi<ActiveRow>;

export function createActiveRow(): ActiveRowStore {
  return createStore<ActiveRow>()(() => ({
    row: undefined,
    focused: undefined,
    menu: undefined,
    toast: undefined,
  }));
}

export const ActiveRowContext = createContext<ActiveRowStore | undefined>(undefined);

export function useActiveRowStore(): ActiveRowStore {
  const store = useContext(ActiveRowContext);
  if (!store) throw new Error("This belongs in a timeline.");
  return store;
}

/** Selects a part of the active row's state; renders again when that part changes. */
export function useActiveRow<T>(select: (activeRow: ActiveRow) => T): T {
  return useStore(useActiveRowStore(), select);
}

/**
 * The key of a message's row, from the moment it is written: its author, none for the user's own,
 * and its id.
 */
export function rowKey(authorId: string | undefined, id: string): string {
  return `${authorId ?? ""}/${id}`;
}

/** The parts of a {@link rowKey}. Ids contain no slash. */
export function readRowKey(row: string): { authorId: string | undefined; id: string } {
  const slash = row.indexOf("/");
  return { authorId: row.slice(0, slash) || undefined, id: row.slice(slash + 1) };
}

/** How long a toast is shown, in ms. */
const TOAST_MS = 2_500;

/** The toast if the code of what was asked for could not be fetched. */
export const NOT_FETCHED = "This could not be fetched from the server";

/** Shows a toast: for an action that nothing else shows. */
export function useToast(): (toast: string) => void {
  const activeRow = useActiveRowStore();
  return useCallback(
    (toast) => {
      activeRow.setState({ toast });
      setTimeout(() => {
        if (activeRow.getState().toast === toast) activeRow.setState({ toast: undefined });
      }, TOAST_MS);
    },
    [activeRow],
  );
}
