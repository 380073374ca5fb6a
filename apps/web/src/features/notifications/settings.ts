import { browserStore, type TextStore } from "../../storage/text-store.ts";

const KEY = "parley.attention";
/** Muted rooms that are remembered; the longest ago drops out. */
const MUTED_MAX = 200;

/** What the system's notifications are for. */
export type Notify = "nothing" | "mentions" | "everything";

/** How the reader wants to be called, everywhere, and the rooms that may not call. */
export interface Wishes {
  readonly notify: Notify;
  readonly sound: boolean;
  /** Canonical room ids, the latest last. */
  readonly muted: readonly string[];
}

/** Nobody is called who has not asked for it. */
const QUIET: Wishes = { notify: "nothing", sound: false, muted: [] };

/** What was wished for here. Damaged memory counts as none. */
export function wishesKept(store: TextStore = browserStore): Wishes {
  try {
    const kept: unknown = JSON.parse(store.get(KEY) ?? "{}");
    if (typeof kept !== "object" || kept === null) return QUIET;
    const { notify, sound, muted } = kept as Partial<Record<keyof Wishes, unknown>>;
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
export function keepWishes(wishes: Wishes, store: TextStore = browserStore): void {
  store.set(KEY, JSON.stringify(wishes));
}

/** Lets a room call, or not. */
export function withRoomMuted(wishes: Wishes, roomId: string, mute: boolean): Wishes {
  const others = wishes.muted.filter((id) => id !== roomId);
  return { ...wishes, muted: mute ? [...others, roomId].slice(-MUTED_MAX) : others };
}
