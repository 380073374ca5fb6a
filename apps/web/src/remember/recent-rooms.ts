import { browserStore, type TextStore } from "./text-store.ts";

const KEY = "parley.recent";
/** Rooms that the join screen offers. */
const RECENT_ROOMS_MAX = 6;

/** A room that was open here. */
export interface RecentRoom {
  readonly roomId: string;
  /** When it was last open, in ms since 1970. */
  readonly at: number;
}

/** The rooms that were open here, the latest first. Damaged memory counts as none. */
export function recentRooms(store: TextStore = browserStore): readonly RecentRoom[] {
  try {
    const kept: unknown = JSON.parse(store.get(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRecentRoom) : [];
  } catch {
    return [];
  }
}

/** Puts a room at the head of the list; the list forgets what is beyond its length. */
export function rememberRoom(room: RecentRoom, store: TextStore = browserStore): void {
  const others = recentRooms(store).filter(({ roomId }) => roomId !== room.roomId);
  store.set(KEY, JSON.stringify([room, ...others].slice(0, RECENT_ROOMS_MAX)));
}

/** Takes a room off the list. */
export function forgetRoom(roomId: string, store: TextStore = browserStore): void {
  store.set(KEY, JSON.stringify(recentRooms(store).filter((room) => room.roomId !== roomId)));
}

function isRecentRoom(value: unknown): value is RecentRoom {
  return (
    typeof value === "object" &&
    value !== null &&
    "roomId" in value &&
    typeof value.roomId === "string" &&
    "at" in value &&
    typeof value.at === "number"
  );
}
