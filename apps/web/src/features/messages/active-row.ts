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
interface Pointed {
  /** The line under the pointer, or else the one with the focus: its tools show. */
  readonly row: string | undefined;
  /** The line that has the focus, or has it within. */
  readonly focused: string | undefined;
  readonly menu: OpenMenu | undefined;
  /** What was just done, in words. */
  readonly told: string | undefined;
}

export type PointedStore = StoreApi<Pointed>;

export function createPointed(): PointedStore {
  return createStore<Pointed>()(() => ({
    row: undefined,
    focused: undefined,
    menu: undefined,
    told: undefined,
  }));
}

export const PointedContext = createContext<PointedStore | undefined>(undefined);

export function usePointedStore(): PointedStore {
  const store = useContext(PointedContext);
  if (!store) throw new Error("This belongs in a timeline.");
  return store;
}

/** Reads a part of where the reader is; renders again when that part changes. */
export function usePointed<T>(select: (pointed: Pointed) => T): T {
  return useStore(usePointedStore(), select);
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
