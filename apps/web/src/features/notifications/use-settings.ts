import { useEffect } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { storedSettings, type NotificationSettings } from "./settings.ts";

const store = createStore<NotificationSettings>()(() => storedSettings().read());

/** What the reader wishes for now, for what happens outside of React. */
export const settingsNow: () => NotificationSettings = store.getState;

/** What the reader wishes for, and how that changes; other tabs go along. */
export function useNotificationSettings(): [
  NotificationSettings,
  (change: (settings: NotificationSettings) => NotificationSettings) => void,
] {
  useEffect(() => {
    const takeOver = () => store.setState(storedSettings().read());
    window.addEventListener("storage", takeOver);
    return () => window.removeEventListener("storage", takeOver);
  }, []);
  return [useStore(store), change];
}

function change(to: (settings: NotificationSettings) => NotificationSettings): void {
  store.setState(to);
  storedSettings().write(store.getState());
}
