import { useCallback, useSyncExternalStore } from "react";
import { unreadIn } from "../../room/conversation-list.ts";
import { countUnread } from "../../room/unread.ts";
import type { ConversationsPart } from "../../room/opened-room.ts";
import { useRoomId } from "../../room/use-room.ts";
import { useLiveRooms } from "../../room/use-room-socket.ts";
import { useNotificationSettings } from "./settings.ts";

/** The number of unread messages, also private ones, in the other connected rooms, except muted ones. */
export function useUnreadElsewhere(): number {
  const here = useRoomId();
  const live = useLiveRooms();
  const [{ muted }] = useNotificationSettings();
  const subscribe = useCallback(
    (changed: () => void) => {
      const stops = live.flatMap(({ store, conversations }) => [
        store.subscribe(changed),
        whenChanged(conversations, changed),
      ]);
      return () => {
        for (const stop of stops) stop();
      };
    },
    [live],
  );
  return useSyncExternalStore(subscribe, () =>
    live
      .filter(({ roomId }) => roomId !== here && !muted.includes(roomId))
      .reduce((sum, { store, conversations }) => {
        const list = conversations.now()?.store.getState().list ?? [];
        return sum + countUnread(store.getState()) + unreadIn(list);
      }, 0),
  );
}

/** Calls back when private conversations are fetched or change; returns a function that stops it. */
function whenChanged(conversations: ConversationsPart, changed: () => void): () => void {
  let isOver = false;
  let stop: (() => void) | undefined;
  void conversations.fetch().then(
    ({ store }) => {
      if (isOver) return;
      stop = store.subscribe(changed);
      changed();
    },
    // They are counted once they can be fetched.
    () => undefined,
  );
  return () => {
    isOver = true;
    stop?.();
  };
}
