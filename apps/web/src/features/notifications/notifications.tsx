import { unreachable, type Member } from "@parley/protocol";
import { useEffect } from "react";
import { unreadIn } from "../../room/conversation-list.ts";
import { browserFrames } from "../../room/frame-batch.ts";
import { textSetting } from "../../room/settings-slice.ts";
import { countUnread } from "../../room/unread.ts";
import type { LiveRoom } from "../../room/live-rooms.ts";
import { useRoom, useRoomId } from "../../room/use-room.ts";
import { bringBackRooms } from "../../room/bring-back-rooms.ts";
import { useLiveRooms } from "../../room/use-room-socket.ts";
import { useUnreadElsewhere } from "./use-unread-elsewhere.ts";
import { useConversationsState } from "../presence/use-conversations.ts";
import { useLazy } from "../../ui/lazy.tsx";
import { roomPath } from "../../ui/route.ts";
import { badgeText, showBadge, tabTitle } from "./badge.ts";
import { type NewMessages, watchNewMessages } from "./news.ts";
import { isolated, notify, notifyPermission } from "./notification.ts";
import { type NotificationSettings, settingsNow } from "./settings.ts";

/**
 * Shows unread messages: on the tab, on its icon, and by the chosen alerts. A reload connects the
 * rooms for it that were connected.
 */
export function Notifications() {
  const roomId = useRoomId();
  const called = useRoom((state) => textSetting(state, "name")) ?? roomId;
  const unread =
    useRoom(countUnread) +
    useUnreadElsewhere() +
    useConversationsState(({ list }) => unreadIn(list));
  const live = useLiveRooms();
  useEffect(() => void bringBackRooms(), []);
  const badge = badgeText(unread);

  useEffect(() => {
    document.title = tabTitle(called, unread);
  }, [called, unread]);
  useEffect(() => {
    showBadge(badge);
    return () => showBadge("");
  }, [badge]);
  return live.map((room) => <Caller key={room.roomId} room={room} />);
}

/** Alerts to the new messages of a room, on the screen or not. */
function Caller({ room: { roomId, store, conversations: part } }: { room: LiveRoom }) {
  useEffect(
    () =>
      watchNewMessages(store, browserFrames, (news) =>
        callTo(roomId, textSetting(store.getState(), "name") ?? roomId, news),
      ),
    [store, roomId],
  );
  const conversations = useLazy(part, true);
  useEffect(
    () => conversations?.onRing((from) => alertPrivately(roomId, from)),
    [conversations, roomId],
  );
  return null;
}

/** As for a mention; the text is in the conversation only. */
function alertPrivately(roomId: string, { name }: Member): void {
  if (!alertNow(roomId, true)) return;
  // oxlint-disable-next-line house/no-bare-catch -- browsers refuse in many ways
  void notify(isolated(name), "Wrote to you privately", roomPath(roomId)).catch(() => undefined);
}

function callTo(
  roomId: string,
  called: string,
  { count, message, text, mentioned }: NewMessages,
): void {
  if (!alertNow(roomId, mentioned)) return;
  const others = count > 1 ? ` and ${count - 1} more` : "";
  // If the permission was withdrawn meanwhile, nothing is shown.
  void notify(
    `${isolated(message.from.name)}${others} · ${isolated(called)}`,
    text,
    roomPath(roomId),
    // oxlint-disable-next-line house/no-bare-catch -- browsers refuse in many ways
  ).catch(() => undefined);
}

/** Plays the sound if that is wanted; returns whether to show a notification. */
function alertNow(roomId: string, mentioned: boolean): boolean {
  const away = document.visibilityState === "hidden" || !document.hasFocus();
  const alert = alertFor(settingsNow(), { roomId, mentioned, away });
  // If the sound cannot be loaded, stay silent.
  if (alert.sound)
    void import("./sound.ts").then(
      ({ playSound }) => playSound(),
      () => undefined,
    );
  return alert.notify && notifyPermission() === "granted";
}

/** How to alert the user. */
export interface Alert {
  /** By a notification of the system. */
  readonly notify: boolean;
  readonly sound: boolean;
}

/** What the alert is about. */
export interface Occasion {
  readonly roomId: string;
  /** The user is mentioned or replied to. */
  readonly mentioned: boolean;
  /** The user looks at another window or tab, or at none. */
  readonly away: boolean;
}

/**
 * How to alert the user to messages that they have not seen. A muted room never alerts. A user who
 * looks at the page, even scrolled up, needs no system notification.
 */
export function alertFor(
  settings: NotificationSettings,
  { roomId, mentioned, away }: Occasion,
): Alert {
  if (settings.muted.includes(roomId)) return { notify: false, sound: false };
  switch (settings.notify) {
    case "everything":
      return { notify: away, sound: settings.sound };
    case "mentions":
      return { notify: away && mentioned, sound: settings.sound && mentioned };
    case "nothing":
      return { notify: false, sound: settings.sound };
    default:
      return unreachable(settings.notify);
  }
}
