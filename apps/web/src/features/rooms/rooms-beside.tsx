import { IconPlus } from "@tabler/icons-react";
import { Mark, Wordmark } from "../../ui/brand.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { RouteLink } from "../../ui/route-link.tsx";
import { useMedia } from "../../ui/use-media.ts";
import { RoomsList } from "./rooms-list.tsx";

/** Wide enough for a list of rooms beside the messages. */
const ROOMY = "(min-width: 68.75rem)";

/** One's rooms: beside the messages or, on narrow screens, in a drawer. */
export function RoomsBeside({ open, onClose }: { open: boolean; onClose: () => void }) {
  const roomy = useMedia(ROOMY);
  if (!roomy) {
    return (
      <Dialog open={open} onClose={onClose} title="Rooms" shape="sheet">
        <RoomsList />
        <OtherRoom />
      </Dialog>
    );
  }
  return (
    <nav
      aria-label="Rooms"
      className="flex w-[min(17rem,26vw)] shrink-0 flex-col bg-hull text-ink scheme-dark print:hidden"
    >
      <RouteLink
        to="/"
        label="Parley, start page"
        className="m-2 flex h-10 touch:h-11 items-center gap-2.5 self-start rounded-md px-2"
      >
        <Mark className="size-7" />
        <Wordmark className="h-5" />
      </RouteLink>
      <div className="min-h-0 grow overflow-y-auto px-2 pb-2">
        <RoomsList />
        <OtherRoom />
      </div>
    </nav>
  );
}

function OtherRoom() {
  return (
    <RouteLink
      to="/"
      className="mt-1 flex h-11 items-center gap-3 rounded-md px-2.5 text-ink-soft hover:bg-ink/10 hover:text-ink"
    >
      <span className="grid size-9 place-items-center">
        <IconPlus aria-hidden="true" size={20} stroke={1.8} />
      </span>
      Join or start another
    </RouteLink>
  );
}
