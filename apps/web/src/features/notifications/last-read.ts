import {
  rememberedLastRead,
  rememberLastRead,
  watchRecentRooms,
} from "../../storage/recent-rooms.ts";
import type { RoomStore } from "../../room/store.ts";
import { lastLine } from "../formatting/one-line.ts";
import { countUnread } from "../../room/unread.ts";

/** The last read message is stored at most this often, in ms: hundreds may arrive in a second. */
const KEEP_EVERY_MS = 250;

/**
 * Stores the last read message, for the join screen and other tabs, and takes over what was read in
 * other tabs.
 * @returns stops it
 */
export function keepLastRead(store: RoomStore, roomId: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    // What another tab had read before it arrived here.
    takeOver();
    const state = store.getState();
    const { head, lastRead } = state;
    if (head === 0) return;
    const unread = countUnread(state);
    rememberLastRead({ roomId, lastRead, unread, last: lastLine(state), head });
  };
  const keepSoon = () => {
    timer ??= setTimeout(keep, KEEP_EVERY_MS);
  };
  /** Returns whether less is stored than was read here. */
  const takeOver = (): boolean => {
    const elsewhere = rememberedLastRead(roomId)?.lastRead ?? 0;
    const { lastRead, head } = store.getState();
    if (elsewhere > lastRead && elsewhere <= head) store.setState({ lastRead: elsewhere });
    return elsewhere < lastRead;
  };
  const unsubscribe = store.subscribe(({ lastRead, head, status }, before) => {
    // A room is listed once it was joined; messages seen before that are stored then.
    const changed =
      lastRead !== before.lastRead || head !== before.head || status !== before.status;
    if (changed) keepSoon();
  });
  const unwatch = watchRecentRooms(() => {
    // A tab that has read less stored that at the same moment, and its write came last.
    if (takeOver()) keepSoon();
  });
  window.addEventListener("pagehide", keep);
  return () => {
    unsubscribe();
    unwatch();
    window.removeEventListener("pagehide", keep);
    keep();
  };
}
