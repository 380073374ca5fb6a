import { useEffect, useEffectEvent, useLayoutEffect, useMemo } from "react";
import { lacksUnread } from "../../room/unread.ts";
import { useRoom, useRoomActions, useRoomNow } from "../../room/use-room.ts";
import type { Item } from "./items.ts";
import type { ListViewStore } from "./list-view.ts";
import type { Hold } from "./stick.ts";

/** The index of the "New" line among the items. */
export function useNewPlace(items: readonly Item[]): number | undefined {
  return useMemo(() => {
    const place = items.findIndex(({ kind }) => kind === "new");
    return place === -1 ? undefined : place;
  }, [items]);
}

/** Whether everything is loaded that a room opens with: the unread messages, up to a limit. */
export function useIsOpen(): boolean {
  const { loadUnread } = useRoomActions();
  const isCaughtUp = useRoom(
    ({ older, lastReadBefore }) => older.is !== "unknown" && lastReadBefore === undefined,
  );
  const lacks = useRoom(lacksUnread);
  const older = useRoom((state) => state.older.is);
  // Only once: the rest is loaded as the user scrolls.
  const isFirst = useRoom(({ pageBoundaries }) => pageBoundaries.size === 0);
  const asks = isCaughtUp && lacks && isFirst && older === "more";
  useEffect(() => {
    if (asks) loadUnread();
  }, [asks, loadUnread]);
  return isCaughtUp && !asks && !(lacks && older === "loading");
}

/** Marks as read what has been in view. */
export function useReadOnTheWay(view: ListViewStore, items: readonly Item[], hold: Hold): void {
  const roomNow = useRoomNow();
  const read = useEffectEvent(() => {
    if (document.visibilityState !== "visible") return;
    const { lastWhole } = view.getState();
    const item = items.slice(0, lastWhole + 1).findLast(({ kind }) => kind === "message");
    if (item?.kind === "message") roomNow().readTo(item.message.seq);
  });
  const isOpening = hold === "opening";
  useLayoutEffect(() => {
    if (!isOpening) read();
    const stop = view.subscribe(() => !isOpening && read());
    return () => {
      stop();
      // Also if the user leaves at once.
      if (isOpening) read();
    };
  }, [view, isOpening]);
}
