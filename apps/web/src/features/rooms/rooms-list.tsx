import { type MouseEvent, useRef, useState } from "react";
import { IconBell, IconBellOff, IconDoorExit, IconDots, IconX } from "@tabler/icons-react";
import { navigate, roomPath } from "../../ui/route.ts";
import { useStore } from "zustand";
import type { LiveRoom } from "../../room/live-rooms.ts";
import { unreadIn } from "../../room/conversation-list.ts";
import { textSetting } from "../../room/settings-slice.ts";
import { countUnread } from "../../room/unread.ts";
import { useRoomId } from "../../room/use-room.ts";
import { endRoom } from "../../room/use-room-socket.ts";
import { storedConversations } from "../../storage/conversations.ts";
import { forgetRoom } from "../../storage/recent-rooms.ts";
import { forgetContents } from "../../storage/forget-contents.ts";
import { pendingIn, type PendingPlace } from "../../storage/pending-places.ts";
import { classNames } from "../../ui/class-names.ts";
import { Flag, flagOf } from "../../ui/flag.tsx";
import { closePopup, MenuEntry, Popup, type Box } from "../../ui/popup.tsx";
import { RouteLink } from "../../ui/route-link.tsx";
import { UnreadCount } from "../../ui/unread-count.tsx";
import { useUnreadPrivate } from "../presence/use-conversations.ts";
import { useNotificationSettings, withRoomMuted } from "../notifications/settings.ts";
import { lastLine } from "../formatting/one-line.ts";
import { ForgetQuestion } from "../join/forget-question.tsx";
import { type ListedRoom, useRooms } from "./use-rooms.ts";

/** In so many frames a row that goes is gone. */
const FRAMES_MAX = 60;

/** The recent rooms: what is new in each, and what can be done with it. */
export function RoomsList() {
  const rooms = useRooms();
  return (
    <ul aria-label="Rooms" className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
      {rooms.map((room) =>
        room.live ? (
          <LiveRow key={room.roomId} room={room} live={room.live} />
        ) : (
          <Row
            key={room.roomId}
            room={room}
            name={room.name}
            unread={(room.unread ?? 0) + unreadIn(storedConversations(room.roomId).read())}
            last={room.last}
          />
        ),
      )}
    </ul>
  );
}

/** A connected room, with its new messages live. */
function LiveRow({ room, live: { store, conversations } }: { room: ListedRoom; live: LiveRoom }) {
  const name = useStore(store, (state) => textSetting(state, "name"));
  const unread = useStore(store, countUnread);
  const unreadPrivate = useUnreadPrivate(conversations);
  const last = useStore(store, lastLine);
  const isEmpty = useStore(
    store,
    ({ older, messages }) => older.is === "beginning" && messages.length === 0,
  );
  // Until the room has opened, the remembered state is shown.
  const isOpen = useStore(store, ({ messages }) => messages.length > 0);
  return (
    <Row
      room={room}
      name={name ?? (isOpen ? undefined : room.name)}
      unread={(isOpen ? unread : (room.unread ?? 0)) + unreadPrivate}
      last={isEmpty ? "No messages yet" : isOpen ? last : room.last}
    />
  );
}

function Row({
  room: { roomId, live },
  name,
  unread,
  last,
}: {
  room: ListedRoom;
  name: string | undefined;
  unread: number;
  last: string | undefined;
}) {
  const isShown = useRoomId() === roomId;
  const [{ muted }] = useNotificationSettings();
  const [menu, setMenu] = useState<Box>();
  const row = useRef<HTMLLIElement>(null);
  const [unsent, setUnsent] = useState<readonly PendingPlace[]>([]);
  const isMuted = muted.includes(roomId);
  const called = name ?? roomId;
  const isNew = unread > 0 && !isShown;
  const leave = async () => {
    const left = live?.actions.leave();
    endRoom(roomId);
    if (isShown) navigate("/");
    await left;
  };
  const forget = async () => {
    await leave();
    await forgetContents(roomId);
    forgetRoom(roomId);
  };
  const askOrForget = async () => {
    const pending = await pendingIn(roomId);
    if (pending.length === 0) await forget();
    else setUnsent(pending);
  };
  return (
    <li ref={row} className="group/room relative">
      <RouteLink
        to={roomPath(roomId)}
        {...(isShown && { current: true })}
        className="flex items-center gap-3 rounded-md px-2.5 py-2 touch:pe-12 group-focus-within/room:pe-11 group-hover/room:pe-11 group-has-aria-expanded/room:bg-ink/10 hover:bg-ink/10 aria-[current]:bg-ink/15"
      >
        <Flag design={flagOf(roomId)} className="size-9 shrink-0" />
        <span className="grid min-h-11 min-w-0 grow grid-cols-[minmax(0,1fr)] content-center">
          <span className="flex items-center gap-1.5">
            <bdi
              className={classNames(
                "min-w-0 truncate",
                name === undefined && "font-mono text-sm",
                isNew ? "font-bold" : "font-medium",
              )}
            >
              {called}
            </bdi>
            {isMuted && (
              <IconBellOff
                role="img"
                aria-label="Muted"
                size={14}
                stroke={1.8}
                className="shrink-0 text-ink-soft"
              />
            )}
          </span>
          {last !== undefined && (
            <span className="block truncate text-sm text-ink-soft">
              <bdi>{last}</bdi>
            </span>
          )}
        </span>
        {isNew && <UnreadCount unread={unread} isMuted={isMuted} />}
      </RouteLink>
      <button
        type="button"
        aria-label={`Options for ${called}`}
        aria-haspopup="menu"
        aria-expanded={menu !== undefined}
        onClick={({ currentTarget }) => setMenu(currentTarget.getBoundingClientRect())}
        className="absolute top-1/2 end-1.5 grid size-8 -translate-y-1/2 place-items-center rounded-sm text-ink-soft can-hover:opacity-0 hover:bg-ink/15 hover:text-ink focus-visible:opacity-100 aria-expanded:opacity-100 group-hover/room:opacity-100 touch:size-11"
      >
        <IconDots aria-hidden="true" size={18} stroke={1.8} />
      </button>
      {menu && (
        <RoomMenu
          beside={menu}
          called={called}
          roomId={roomId}
          isLive={live !== undefined}
          isMuted={isMuted}
          onLeave={() => void keepFocus(row.current, "button", () => void leave())}
          onForget={() => void keepFocus(row.current, "a", askOrForget)}
          onClose={() => setMenu(undefined)}
        />
      )}
      <ForgetQuestion
        pending={unsent}
        onForget={() => void keepFocus(row.current, "a", forget)}
        onClose={() => setUnsent([])}
      />
    </li>
  );
}

/**
 * Replaces a row, as when its room is left, or removes it. If the focus goes with it, it is given to
 * the button of the row that is there then, or to its link.
 */
async function keepFocus(
  row: Element | null,
  onto: "button" | "a",
  change: () => Promise<void> | void,
): Promise<void> {
  const rows = row?.parentElement?.children ?? [];
  const place = [...rows].indexOf(row as Element);
  await change();
  // The row keeps the focus until it goes, in one of the next frames; it stays if a question is asked.
  for (let frames = 0; row?.isConnected && frames < FRAMES_MAX; frames += 1) await nextFrame();
  if (document.activeElement !== document.body) return;
  const next = rows[Math.min(place, rows.length - 1)];
  next?.querySelector<HTMLElement>(onto)?.focus();
}

function nextFrame(): Promise<number> {
  return new Promise(requestAnimationFrame);
}

function RoomMenu({
  beside,
  called,
  roomId,
  isLive,
  isMuted,
  onLeave,
  onForget,
  onClose,
}: {
  beside: Box;
  called: string;
  roomId: string;
  isLive: boolean;
  isMuted: boolean;
  onLeave: () => void;
  onForget: () => void;
  onClose: () => void;
}) {
  const [, changeSettings] = useNotificationSettings();
  const perform = (act: () => void) => (event: MouseEvent<HTMLElement>) => {
    closePopup(event.currentTarget);
    act();
  };
  return (
    <Popup beside={beside} role="menu" label={`Options for ${called}`} onClose={onClose}>
      <MenuEntry
        name={isMuted ? "Unmute" : "Mute"}
        Icon={isMuted ? IconBell : IconBellOff}
        first
        onClick={perform(() =>
          changeSettings((settings) => withRoomMuted(settings, roomId, !isMuted)),
        )}
      />
      {isLive && <MenuEntry name="Leave" Icon={IconDoorExit} onClick={perform(onLeave)} />}
      <MenuEntry
        name={isLive ? "Leave and forget" : "Forget"}
        Icon={IconX}
        isGrave
        onClick={perform(onForget)}
      />
    </Popup>
  );
}
