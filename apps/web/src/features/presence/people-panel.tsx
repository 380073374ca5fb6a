import { IconX } from "@tabler/icons-react";
import { LazyCallChoices } from "../notifications/lazy-settings-form.tsx";
import { useRoom } from "../../room/room-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { ThemeSwitch } from "../../ui/theme-switch.tsx";
import { useMedia, WIDE } from "../../ui/use-media.ts";
import { countTitle } from "./people-order.ts";
import { PeopleList } from "./people-list.tsx";

/** The people of the room: a panel beside the messages or, where that is too narrow, a drawer. */
export function PeopleSide({ open, onClose }: { open: boolean; onClose: () => void }) {
  const wide = useMedia(WIDE);
  const count = useRoom(({ people }) => people?.count ?? 0);
  const title = count === 0 ? "People" : `${countTitle(count)} here`;

  if (!wide) {
    return (
      <Dialog open={open} onClose={onClose} title={title} shape="drawer">
        <PeopleList />
        <div className="mt-auto border-t border-line pt-3 sm:hidden">
          <LazyCallChoices />
        </div>
        <div className="flex items-center justify-between border-t border-line pt-2 text-sm text-ink-soft max-sm:mt-2 sm:mt-auto">
          Theme
          <ThemeSwitch />
        </div>
      </Dialog>
    );
  }
  if (!open) return null;
  return (
    <aside
      aria-label="Who is here"
      className="flex w-72 shrink-0 animate-appear flex-col border-l border-line bg-surface"
    >
      <header className="flex h-14 shrink-0 items-center justify-between pr-2 pl-5">
        <h2 className="font-semibold">{title}</h2>
        <IconButton label="Close" onClick={onClose}>
          <IconX aria-hidden="true" size={20} stroke={1.8} />
        </IconButton>
      </header>
      <div className="min-h-0 grow overflow-y-auto px-3 pb-4">
        <PeopleList />
      </div>
    </aside>
  );
}
