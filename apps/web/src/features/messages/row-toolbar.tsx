import { IconCornerUpLeft, IconDots, IconMoodPlus } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import type { Message } from "../../room/message.ts";
import { classNames } from "../../ui/class-names.ts";
import { IconButton } from "../../ui/button.tsx";
import { useActiveRowStore, type OpenMenu } from "./active-row.ts";
import { useMessageActions } from "./message-actions.ts";

/** What can be done with a message, at its upper edge while the reader is at it. */
export function RowToolbar({
  row,
  mine,
  message,
}: {
  row: string;
  mine: boolean;
  /** Absent while it is not in the log. */
  message?: Message;
}) {
  const activeRow = useActiveRowStore();
  const { reply } = useMessageActions();
  const open = (shows: OpenMenu["shows"]) => (event: MouseEvent<HTMLElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    activeRow.setState({ menu: { row, shows, beside: { left, top, width, height } } });
  };
  const button = "size-8! rounded-sm! touch:size-10!";
  return (
    <div
      role="group"
      aria-label="Actions"
      className={classNames(
        "absolute bottom-[calc(100%-0.25rem)] z-10 flex rounded-md bg-raised p-0.5 shadow-high ring-1 ring-line",
        // Within its bubble's edge, or beyond it where the bubble is short.
        mine
          ? "right-[max(calc(100%-6.5rem),1rem)] touch:right-[max(calc(100%-7.75rem),0rem)]"
          : "left-[max(calc(100%-6.5rem),1rem)] touch:left-[max(calc(100%-7.75rem),0rem)]",
      )}
    >
      {message && (
        <>
          <IconButton label="React" className={button} onClick={open("emoji")}>
            <IconMoodPlus aria-hidden="true" size={18} stroke={1.8} />
          </IconButton>
          <IconButton label="Reply" className={button} onClick={() => reply(message)}>
            <IconCornerUpLeft aria-hidden="true" size={18} stroke={1.8} />
          </IconButton>
        </>
      )}
      <IconButton
        label="More actions"
        aria-haspopup="menu"
        className={button}
        onClick={open("actions")}
      >
        <IconDots aria-hidden="true" size={18} stroke={1.8} />
      </IconButton>
    </div>
  );
}
