import { useEffect } from "react";
import { browserFrames } from "../../room/frame-batch.ts";
import { useRoom, useRoomId, useRoomStore } from "../../room/use-room.ts";
import { roomPath } from "../../route.ts";
import { alertFor } from "./alert.ts";
import { badgeText, showBadge, tabTitle } from "./badge.ts";
import { watchNewMessages, type NewMessages } from "./news.ts";
import { isolated, notifyPermission, notify } from "./notification.ts";
import { keepLastRead } from "./last-read.ts";
import { countUnread } from "../../room/unread.ts";
import { settingsNow } from "./use-settings.ts";

/** Tells the reader of what they have not seen: on the tab, on its icon, and as they wish it. */
export default function Notifications() {
  const roomId = useRoomId();
  const store = useRoomStore();
  const unread = useRoom(countUnread);
  const badge = badgeText(unread);

  useEffect(() => {
    document.title = tabTitle(roomId, unread);
  }, [roomId, unread]);
  useEffect(() => {
    showBadge(badge);
    return () => showBadge("");
  }, [badge]);
  useEffect(() => keepLastRead(store, roomId), [store, roomId]);
  useEffect(
    () => watchNewMessages(store, browserFrames, (news) => callTo(roomId, news)),
    [store, roomId],
  );
  return null;
}

function callTo(roomId: string, { count, message, text, mentioned }: NewMessages): void {
  const away = document.visibilityState === "hidden" || !document.hasFocus();
  const alert = alertFor(settingsNow(), { roomId, mentioned, away });
  // Without it, there is silence.
  if (alert.sound)
    void import("./sound.ts").then(
      ({ playSound }) => playSound(),
      () => undefined,
    );
  if (!alert.notify || notifyPermission() !== "granted") return;
  const others = count > 1 ? ` and ${count - 1} more` : "";
  // A browser that changed its mind meanwhile shows nothing.
  notify(`${isolated(message.from.name)}${others} · ${roomId}`, text, roomPath(roomId)).catch(
    () => undefined,
  );
}
