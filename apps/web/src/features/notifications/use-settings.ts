import { useEffect } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { keepWishes, wishesKept, type Wishes } from "./settings.ts";

const store = createStore<Wishes>()(() => wishesKept());

/** What the reader wishes for now, for what happens outside of React. */
export const wishesNow: () => Wishes = store.getState;

/** What the reader wishes for, and how that changes; other tabs go along. */
export function useWishes(): [Wishes, (change: (wishes: Wishes) => Wishes) => void] {
  useEffect(() => {
    const takeOver = () => store.setState(wishesKept());
    window.addEventListener("storage", takeOver);
    return () => window.removeEventListener("storage", takeOver);
  }, []);
  return [useStore(store), change];
}

function change(to: (wishes: Wishes) => Wishes): void {
  store.setState(to);
  keepWishes(store.getState());
}
