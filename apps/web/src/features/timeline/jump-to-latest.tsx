import { IconArrowDown } from "@tabler/icons-react";
import { useRoom } from "../../room/room-context.ts";
import { classNames } from "../../ui/class-names.ts";
import { unreadIn } from "../../room/unread.ts";

/** The way back down; it counts what came meanwhile. */
export function JumpToLatest({ onJump }: { onJump: () => void }) {
  const unread = useRoom(unreadIn);
  return (
    <button
      type="button"
      onClick={onJump}
      className={classNames(
        "absolute bottom-3 left-1/2 flex h-10 -translate-x-1/2 animate-appear items-center gap-1.5",
        "rounded-full px-4 text-sm font-semibold shadow-high",
        unread > 0
          ? "bg-signal text-on-signal"
          : "bg-raised text-ink ring-1 ring-line ring-inset hover:bg-hover",
      )}
    >
      <IconArrowDown aria-hidden="true" size={16} stroke={2.2} />
      {unread === 0 && "Jump to latest"}
      {unread > 0 && (unread === 1 ? "1 new message" : `${unread} new messages`)}
    </button>
  );
}
