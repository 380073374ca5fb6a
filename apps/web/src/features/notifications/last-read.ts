import { rememberedSeen, rememberSeen, watchRecentRooms } from "../../storage/recent-rooms.ts";
import type { RoomStore } from "../../room/store.ts";
import { unreadIn } from "../../room/unread.ts";

/** What was seen is kept at most this often, in ms: messages may come by the hundred a second. */
const KEEP_EVERY_MS = 250;

/**
 * Keeps how far the reader has read, for the join screen and for other tabs, and takes over what
 * they have read there.
 * @returns the way to stop
 */
export function keepSeen(store: RoomStore, roomId: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    const state = store.getState();
    const { head, readTo } = state;
    if (head > 0) rememberSeen({ roomId, seenTo: readTo, unread: unreadIn(state), head });
  };
  const takeOver = () => {
    const seenTo = rememberedSeen(roomId)?.seenTo ?? 0;
    const { readTo, head } = store.getState();
    if (seenTo > readTo && seenTo <= head) store.setState({ readTo: seenTo });
  };
  const unsubscribe = store.subscribe(({ readTo, head, status }, before) => {
    // A room is listed once it has taken the reader in: what was seen by then is kept then.
    const changed = readTo !== before.readTo || head !== before.head || status !== before.status;
    if (changed) timer ??= setTimeout(keep, KEEP_EVERY_MS);
  });
  const unwatch = watchRecentRooms(takeOver);
  window.addEventListener("pagehide", keep);
  return () => {
    unsubscribe();
    unwatch();
    window.removeEventListener("pagehide", keep);
    keep();
  };
}
