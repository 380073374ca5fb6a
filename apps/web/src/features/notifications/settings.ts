import { useEffect } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { isText, json, stored, type TextStore } from "../../storage/stored.ts";

const KEY = "parley.attention";
/** How many muted rooms are remembered; the oldest is dropped. */
const MUTED_MAX = 200;

/** What system notifications are for. */
export type Notify = "nothing" | "mentions" | "everything";

/** The user's notification settings for all rooms, and the muted rooms. */
export interface NotificationSettings {
  readonly notify: Notify;
  readonly sound: boolean;
  /** Canonical room ids, the latest last. */
  readonly muted: readonly string[];
}

/** The default: no alerts. */
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

/** The settings that the user chose here. */
export function storedSettings(texts?: TextStore) {
  return stored(KEY, schema, QUIET, texts);
}

/** Mutes or unmutes a room. */
export function withRoomMuted(
  settings: NotificationSettings,
  roomId: string,
  mute: boolean,
): NotificationSettings {
  const others = settings.muted.filter((id) => id !== roomId);
  return { ...settings, muted: mute ? [...others, roomId].slice(-MUTED_MAX) : others };
}

const store = createStore<NotificationSettings>()(() => storedSettings().read());

/** The present settings, for code outside React. */
export const settingsNow: () => NotificationSettings = store.getState;

/** The settings and a setter; other tabs follow. */
export function useNotificationSettings(): [
  NotificationSettings,
  (change: (settings: NotificationSettings) => NotificationSettings) => void,
] {
  // The same function again is still one listener of the page.
  useEffect(() => window.addEventListener("storage", takeOver), []);
  return [useStore(store), change];
}

/** Takes over what another tab stored. */
function takeOver({ key }: StorageEvent): void {
  if (key === KEY || key === null) store.setState(storedSettings().read());
}

function change(to: (settings: NotificationSettings) => NotificationSettings): void {
  store.setState(to);
  storedSettings().write(store.getState());
}
