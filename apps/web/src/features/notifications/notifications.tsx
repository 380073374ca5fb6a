import { useEffect } from "react";
import { browserFrames } from "../../room/frame-batch.ts";
import { useRoom, useRoomId, useRoomStore } from "../../room/use-room.ts";
import { roomPath } from "../../route.ts";
import { alertFor } from "./alert.ts";
import { badgeText, showBadge } from "./badge.ts";
import { watchNews, type News } from "./news.ts";
import { isolated, leaveToNotify, notify } from "./notification.ts";
import { keepSeen } from "./last-read.ts";
import { tabTitle, unreadIn } from "../../room/unread.ts";
import { wishesNow } from "./use-settings.ts";

/** Tells the reader of what they have not seen: on the tab, on its icon, and as they wish it. */
export default function Attention() {
  const roomId = useRoomId();
  const store = useRoomStore();
  const unread = useRoom(unreadIn);
  const badge = badgeText(unread);

  useEffect(() => {
    document.title = tabTitle(roomId, unread);
  }, [roomId, unread]);
  useEffect(() => {
    showBadge(badge);
    return () => showBadge("");
  }, [badge]);
  useEffect(() => keepSeen(store, roomId), [store, roomId]);
  useEffect(() => watchNews(store, browserFrames, (news) => callTo(roomId, news)), [store, roomId]);
  return null;
}

function callTo(roomId: string, { count, message, text, mentioned }: News): void {
  const away = document.visibilityState === "hidden" || !document.hasFocus();
  const alert = alertFor(wishesNow(), { roomId, mentioned, away });
  // Without it, there is silence.
  if (alert.sound)
    void import("./sound.ts").then(
      ({ chime }) => chime(),
      () => undefined,
    );
  if (!alert.notify || leaveToNotify() !== "granted") return;
  const others = count > 1 ? ` and ${count - 1} more` : "";
  // A browser that changed its mind meanwhile shows nothing.
  notify(`${isolated(message.from.name)}${others} · ${roomId}`, text, roomPath(roomId)).catch(
    () => undefined,
  );
}
