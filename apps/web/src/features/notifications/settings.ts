import { browserStore, type TextStore } from "../../storage/text-store.ts";

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

/** What was wished for here. Damaged memory counts as none. */
export function keptSettings(store: TextStore = browserStore): NotificationSettings {
  try {
    const kept: unknown = JSON.parse(store.get(KEY) ?? "{}");
    if (typeof kept !== "object" || kept === null) return QUIET;
    const { notify, sound, muted } = kept as Partial<Record<keyof NotificationSettings, unknown>>;
    return {
      notify: notify === "mentions" || notify === "everything" ? notify : "nothing",
      sound: sound === true,
      muted: Array.isArray(muted) ? muted.filter((id) => typeof id === "string") : [],
    };
  } catch {
    return QUIET;
  }
}

/** Keeps what is wished for. */
export function keepSettings(
  settings: NotificationSettings,
  store: TextStore = browserStore,
): void {
  store.set(KEY, JSON.stringify(settings));
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
