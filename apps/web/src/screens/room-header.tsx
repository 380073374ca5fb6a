import { IconDoorExit, IconUsers } from "@tabler/icons-react";
import { Mark } from "../ui/mark.tsx";
import { BellButton } from "../features/notifications/bell-button.tsx";
import { CopyLinkButton } from "../features/invite/copy-button.tsx";
import { QrButton } from "../features/invite/qr-button.tsx";
import { RoomCode } from "../features/invite/room-code.tsx";
import { ShareButton } from "../features/invite/share-button.tsx";
import { countTitle } from "../features/presence/people-order.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { ThemeSwitch } from "../ui/theme-switch.tsx";
import { useRoom } from "../room/room-context.ts";
import type { PeopleSideControl } from "./use-people-panel.ts";

/** Which room this is, who is here, the ways to bring others in, and the way out. */
export function RoomHeader({
  people,
  onLeave,
}: {
  people: PeopleSideControl;
  onLeave: () => void;
}) {
  return (
    <header className="z-10 flex h-[calc(3.5rem+env(safe-area-inset-top))] shrink-0 items-center gap-2 border-b border-line bg-surface pt-[env(safe-area-inset-top)] pr-[max(0.5rem,env(safe-area-inset-right))] pl-[max(0.625rem,env(safe-area-inset-left))]">
      <div className="flex min-w-0 grow items-center gap-2">
        <Mark className="mx-1.5 hidden size-7 shrink-0 sm:block" />
        <span aria-hidden="true" className="mr-1 hidden h-6 w-px bg-line sm:block" />
        <RoomCode />
      </div>
      <nav aria-label="Room" className="flex shrink-0 items-center">
        <CopyLinkButton />
        <span className="max-sm:hidden">
          <ShareButton />
        </span>
        <QrButton />
        <BellButton className="max-sm:hidden" />
        <PeopleButton people={people} />
        <ThemeSwitch className="max-[60rem]:hidden" />
        <IconButton label="Leave room" onClick={onLeave}>
          <IconDoorExit aria-hidden="true" size={20} stroke={1.8} />
        </IconButton>
      </nav>
    </header>
  );
}

function PeopleButton({ people: { open, button, toggle } }: { people: PeopleSideControl }) {
  const count = useRoom(({ people }) => people?.count);
  return (
    <button
      ref={button}
      type="button"
      aria-expanded={open}
      aria-label={count === undefined ? "People" : countTitle(count)}
      data-tip="Who is here"
      onClick={toggle}
      className="tip flex h-10 items-center gap-1.5 rounded-md px-2.5 text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-expanded:text-ink"
    >
      <IconUsers aria-hidden="true" size={20} stroke={1.8} />
      <span className="font-semibold tabular-nums">{count ?? ""}</span>
    </button>
  );
}
