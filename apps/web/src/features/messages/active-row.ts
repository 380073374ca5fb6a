import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Box } from "../../ui/popup.tsx";

/** A menu for the message of a line, beside what it was opened from. */
export interface OpenMenu {
  readonly row: string;
  readonly shows: "actions" | "emoji";
  readonly beside: Box;
}

/** Which line of the timeline the reader is at. */
interface ActiveRow {
  /** The line under the pointer, or else the one with the focus: its tools show. */
  readonly row: string | undefined;
  /** The line that has the focus, or has it within. */
  readonly focused: string | undefined;
  readonly menu: OpenMenu | undefined;
  /** What was just done, in words. */
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

/** Reads a part of where the reader is; renders again when that part changes. */
export function useActiveRow<T>(select: (activeRow: ActiveRow) => T): T {
  return useStore(useActiveRowStore(), select);
}

/** What names a line of speech, from the moment it is written: its author and its id. */
export function rowKey(authorId: string, id: string): string {
  return `${authorId}/${id}`;
}

/** The parts of a {@link rowKey}. Ids hold no slash. */
export function readRowKey(row: string): { authorId: string; id: string } {
  const slash = row.indexOf("/");
  return { authorId: row.slice(0, slash), id: row.slice(slash + 1) };
}
