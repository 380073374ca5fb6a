import { type RefObject, useCallback, useRef, useState } from "react";
import { IconDoorExit, IconDotsVertical, IconUsers } from "@tabler/icons-react";
import { useAway } from "../features/connection/away.ts";
import { InviteButton } from "../features/invite/invite-button.tsx";
import { LazyBellButton } from "../features/notifications/lazy-notifications.tsx";
import { countTitle } from "../features/presence/member.tsx";
import { LazyConversationsButton } from "../features/private/lazy-private.tsx";
import { LazyRoomsButton } from "../features/rooms/lazy-rooms.tsx";
import { EditRoomButton, RoomTitle, RoomTopic } from "../features/settings/room-title.tsx";
import { useRoom } from "../room/use-room.ts";
import { IconButton } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { ThemeSwitch } from "../ui/theme-switch.tsx";
import { lazyComponent, onceShown } from "../ui/lazy.tsx";

/** The room's title, its members, the invite button, and the button to leave. */
export function RoomHeader({
  people,
  onRooms,
  onLeave,
}: {
  people: PeoplePanelControl;
  /** Opens the list of rooms. */
  onRooms: () => void;
  onLeave: () => void;
}) {
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  return (
    <header className="z-10 flex min-h-[calc(3.5rem+env(safe-area-inset-top))] shrink-0 flex-wrap items-center gap-x-2 max-sm:gap-x-0 bg-hull text-ink scheme-dark pb-1 pt-[calc(0.25rem+env(safe-area-inset-top))] px-[max(0.5rem,var(--spacing-device))] max-sm:px-[max(0.25rem,var(--spacing-device))]">
      <div className="flex min-w-0 grow basis-24 items-center gap-2 max-sm:gap-0.5 lg:max-w-1/2 lg:grow-0 lg:basis-auto">
        <LazyRoomsButton onOpen={onRooms} />
        <div className="relative flex min-w-0">
          <RoomTitle />
          <ConnectionDot className="absolute bottom-0.5 start-7" />
        </div>
        <span className="max-[60rem]:hidden">
          <EditRoomButton />
        </span>
      </div>
      <RoomTopic />
      <nav aria-label="Room" className="ms-auto flex max-w-full flex-wrap items-center justify-end">
        <LazyConversationsButton />
        <InviteButton />
        <LazyBellButton className="max-[60rem]:hidden" />
        <PeopleButton people={people} />
        <ThemeSwitch className="max-[60rem]:hidden" />
        <IconButton label="Leave room" className="max-[60rem]:hidden" onClick={onLeave}>
          <IconDoorExit aria-hidden="true" size={20} stroke={1.8} />
        </IconButton>
        <IconButton label="Room options" onClick={() => setIsSheetOpen(true)}>
          <IconDotsVertical aria-hidden="true" size={20} stroke={1.8} />
        </IconButton>
        <LazyRoomSheet open={isSheetOpen} onClose={() => setIsSheetOpen(false)} onLeave={onLeave} />
      </nav>
    </header>
  );
}

function PeopleButton({ people: { open, button, toggle } }: { people: PeoplePanelControl }) {
  const count = useRoom(({ people }) => people?.count);
  return (
    <button
      ref={button}
      type="button"
      aria-expanded={open}
      aria-label={count === undefined ? "People" : countTitle(count)}
      data-tip="Who is here"
      onClick={toggle}
      className="tip flex h-10 touch:h-11 touch:min-w-11 items-center justify-center gap-1.5 max-sm:gap-1 rounded-md px-2.5 max-sm:px-1 text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-expanded:text-ink"
    >
      <IconUsers aria-hidden="true" size={20} stroke={1.8} />
      <span className="min-w-[1ch] font-semibold tabular-nums">{count ?? ""}</span>
    </button>
  );
}

/** The people panel or drawer, and the button that opens it. */
interface PeoplePanelControl {
  readonly open: boolean;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly toggle: () => void;
  /** Closes it and returns the focus to the button. */
  readonly close: () => void;
}

/** Wide enough for rooms and people on both sides of the messages. */
const ROOMY = "(min-width: 90rem)";

export function usePeoplePanel(): PeoplePanelControl {
  const [open, setOpen] = useState(() => window.matchMedia(ROOMY).matches);
  const button = useRef<HTMLButtonElement>(null);
  const toggle = useCallback(() => setOpen((was) => !was), []);
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus();
  }, []);
  return { open, button, toggle, close };
}

/** A dot at the room's flag: whether messages are sent at once. */
function ConnectionDot({ className }: { className: string }) {
  const away = useAway();
  const title = away ? "Not connected" : "Connected";
  return (
    <span
      role="img"
      aria-label={title}
      title={title}
      className={classNames(
        "size-3 rounded-full border-2 transition-colors",
        away ? "border-caution bg-hull" : "border-hull bg-good",
        className,
      )}
    />
  );
}

interface SheetProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onLeave: () => void;
}

/** Fetched after the room is shown. */
const LazyRoomSheet = lazyComponent<SheetProps>(
  onceShown(async () => (await import("./room-sheet.tsx")).RoomSheet),
);
