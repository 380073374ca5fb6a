import { IconMenu2 } from "@tabler/icons-react";
import { IconButton } from "../../ui/button.tsx";
import { useUnreadElsewhere } from "../notifications/use-unread-elsewhere.ts";

/** Opens the list of rooms where it is a drawer; a dot shows unread messages there. */
export function RoomsButton({ onOpen }: { onOpen: () => void }) {
  const unread = useUnreadElsewhere();
  return (
    <IconButton
      label={unread > 0 ? `Rooms, ${unread} new` : "Rooms"}
      tip="Rooms"
      className="relative min-[68.75rem]:hidden"
      onClick={onOpen}
    >
      <IconMenu2 aria-hidden="true" size={20} stroke={1.8} />
      {unread > 0 && (
        <span className="absolute top-1.5 end-1.5 size-2.5 rounded-full border-2 border-hull bg-signal outline outline-edge" />
      )}
    </IconButton>
  );
}
