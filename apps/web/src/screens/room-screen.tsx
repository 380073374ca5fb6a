import type { Refusal } from "@parley/protocol";
import { useCallback, useEffect, useState } from "react";
import { LazyNotifications } from "../features/notifications/lazy-notifications.tsx";
import { keepLastRead } from "../features/notifications/last-read.ts";
import { Composer } from "../features/composer/composer.tsx";
import { LazyAloneLine } from "../features/invite/lazy-invite.tsx";
import { TypingLine } from "../features/presence/typing-line.tsx";
import { LazyConnectionBanner, LazyNotices } from "../features/connection/lazy-connection.tsx";
import { LazyPinsBar } from "../features/settings/lazy-settings.tsx";
import { LazyRoomsBeside } from "../features/rooms/lazy-rooms.tsx";
import { LazyPrivatePanel } from "../features/private/lazy-private.tsx";
import { Timeline } from "../features/timeline/timeline.tsx";
import { lookForUpdate } from "../offline/look-for-update.ts";
import { rememberRoom } from "../storage/recent-rooms.ts";
import { useVisibleHeight } from "../ui/use-page.ts";
import { textSetting } from "../room/settings-slice.ts";
import { RoomContext, useRoom, useRoomId, useRoomNow } from "../room/use-room.ts";
import { RoomHeader, usePeoplePanel } from "./room-header.tsx";
import { endRoom, useLiveRooms, useRoomSocket } from "../room/use-room-socket.ts";
import { lazyComponent, onceShown } from "../ui/lazy.tsx";

/** The room screen: members, messages and the composer. */
export function RoomScreen({
  roomId,
  name,
  onRefused,
  onAgain,
  onLeft,
}: {
  /** Canonical. */
  roomId: string;
  name: string;
  /** The server refused the join for good. */
  onRefused: (refusal: Refusal) => void;
  /** Enters the room again after the connection has ended. */
  onAgain: () => void;
  onLeft: () => void;
}) {
  const room = useRoomSocket(roomId, name);
  useLastReads();
  const people = usePeoplePanel();
  const height = useVisibleHeight();

  const [isListOpen, setIsListOpen] = useState(false);

  const refused = useCallback(
    (refusal: Refusal) => {
      endRoom(roomId);
      onRefused(refusal);
    },
    [roomId, onRefused],
  );
  const goInAgain = () => {
    endRoom(roomId);
    onAgain();
  };
  const leave = () => {
    void room.actions.leave();
    endRoom(roomId);
    onLeft();
  };
  return (
    <RoomContext value={room}>
      <LazyNotifications />
      <Membership onRefused={refused} />
      <div className="flex h-dvh overflow-clip" style={height === undefined ? {} : { height }}>
        <LazyRoomsBeside open={isListOpen} onClose={() => setIsListOpen(false)} />
        <div className="flex min-w-0 grow flex-col">
          <RoomHeader people={people} onRooms={() => setIsListOpen(true)} onLeave={leave} />
          <div className="flex min-h-0 grow px-device">
            <main className="relative flex min-w-0 grow flex-col">
              <LazyPinsBar />
              <LazyConnectionBanner onAgain={goInAgain} />
              <Timeline />
              <TypingLine />
              <LazyNotices />
              <LazyAloneLine />
              <Composer />
            </main>
            <LazyPeoplePanel open={people.open} onClose={people.close} />
            <LazyPrivatePanel onAgain={goInAgain} />
          </div>
        </div>
      </div>
    </RoomContext>
  );
}

/** Handles a successful or refused join. */
function Membership({ onRefused }: { onRefused: (refusal: Refusal) => void }) {
  const roomId = useRoomId();
  const roomNow = useRoomNow();
  const status = useRoom((state) => state.status);
  const roomName = useRoom((state) => textSetting(state, "name"));
  useEffect(() => {
    if (status.is === "refused") onRefused(status.refusal);
    if (status.is !== "joined") return undefined;
    const remember = () =>
      rememberRoom({ roomId, at: Date.now(), name: textSetting(roomNow(), "name") });
    remember();
    // A server that returns may have a newer app.
    lookForUpdate();
    // "Last open" is when the room was left, not when it was entered.
    window.addEventListener("pagehide", remember);
    return () => {
      window.removeEventListener("pagehide", remember);
      remember();
    };
  }, [status, roomId, roomNow, onRefused]);
  useEffect(() => {
    if (status.is === "joined") rememberRoom({ roomId, at: Date.now(), name: roomName });
  }, [status, roomId, roomName]);
  return null;
}

/** Stores what was read of each connected room, on the screen or not. */
function useLastReads(): void {
  const rooms = useLiveRooms();
  useEffect(() => {
    const stops = rooms.map(({ store, roomId }) => keepLastRead(store, roomId));
    return () => {
      for (const stop of stops) stop();
    };
  }, [rooms]);
}

interface PanelProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Fetched after the room is shown. */
const LazyPeoplePanel = lazyComponent<PanelProps>(
  onceShown(async () => (await import("../features/presence/people-panel.tsx")).PeoplePanel),
  undefined,
  Reserved,
);

/** Reserves the place of a panel that is open from the start, so that nothing moves. */
function Reserved({ open }: PanelProps) {
  return (
    open && (
      <div className="w-[min(18rem,26vw)] shrink-0 border-s border-line bg-surface max-[60rem]:hidden" />
    )
  );
}
