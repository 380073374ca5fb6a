import { useCallback, useSyncExternalStore } from "react";
import { countUnread } from "../../room/unread.ts";
import { useRoomId } from "../../room/use-room.ts";
import { useLiveRooms } from "../../room/use-room-socket.ts";
import { useNotificationSettings } from "./settings.ts";

/** The number of unread messages in the other connected rooms, except muted ones. */
export function useUnreadElsewhere(): number {
  const here = useRoomId();
  const live = useLiveRooms();
  const [{ muted }] = useNotificationSettings();
  const subscribe = useCallback(
    (changed: () => void) => {
      const stops = live.map(({ store }) => store.subscribe(changed));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [live],
  );
  return useSyncExternalStore(subscribe, () =>
    live
      .filter(({ roomId }) => roomId !== here && !muted.includes(roomId))
      .reduce((sum, { store }) => sum + countUnread(store.getState()), 0),
  );
}
