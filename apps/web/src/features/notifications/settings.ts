import { useEffect } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { isText, json, stored, type TextStore } from "../../storage/stored.ts";

const KEY = "parley.attention";
/** Muted rooms that are remembered; the longest ago drops out. */
const MUTED_MAX = 200;

/** What the system's notifications are for. */
export type Notify = "nothing" | "mentions" | "everything";

/** How the reader wants to be called, everywhere, and the rooms that may not call. */
export interface NotificationSettings {
  readonly notify: Notify;
  readonly sound: boolean;
  /** Canonical room ids, the latest last. */
  readonly muted: readonly string[];
}

/** Nobody is called who has not asked for it. */
const QUIET: NotificationSettings = { notify: "nothing", sound: false, muted: [] };

const schema = json((value): NotificationSettings | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  const { notify, sound, muted } = value as Partial<Record<keyof NotificationSettings, unknown>>;
  return {
    notify: notify === "mentions" || notify === "everything" ? notify : "nothing",
    sound: sound === true,
    muted: Array.isArray(muted) ? muted.filter(isText) : [],
  };
});

/** What the reader chose here. */
export function storedSettings(texts?: TextStore) {
  return stored(KEY, schema, QUIET, texts);
}

/** Lets a room call, or not. */
export function withRoomMuted(
  settings: NotificationSettings,
  roomId: string,
  mute: boolean,
): NotificationSettings {
  const others = settings.muted.filter((id) => id !== roomId);
  return { ...settings, muted: mute ? [...others, roomId].slice(-MUTED_MAX) : others };
}

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
