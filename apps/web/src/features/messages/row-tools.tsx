import { type MouseEvent, useLayoutEffect, useRef, useState } from "react";
import { IconCornerUpLeft, IconDots, IconMoodPlus } from "@tabler/icons-react";
import type { Message, Reaction } from "../../room/message.ts";
import { pendingChangesOf, reactionsToBe } from "../../room/pending-changes.ts";
import { pinsOf } from "../../room/settings-slice.ts";
import { useRoom, useRoomNow } from "../../room/use-room.ts";
import { IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { EmojiPicker } from "../emoji/emoji-picker.tsx";
import { type OpenMenu, useActiveRow, useActiveRowStore } from "./active-row.ts";
import { type ActionTarget, actionTargetOf, useMessageActions } from "./message-actions.ts";
import { rowAround } from "./row-elements.ts";
import { MessageMenu } from "./message-menu.tsx";

/** The toolbar of a message, at its upper edge while its row is active. */
export function RowToolbar({
  row,
  mine,
  message,
}: {
  row: string;
  mine: boolean;
  /** Undefined while it is not in the log. */
  message: Message | undefined;
}) {
  const activeRow = useActiveRowStore();
  const shows = useActiveRow(({ menu }) => (menu?.row === row ? menu.shows : undefined));
  const { reply } = useMessageActions();
  const open = (shows: OpenMenu["shows"]) => (event: MouseEvent<HTMLElement>) => {
    const beside = event.currentTarget.getBoundingClientRect();
    activeRow.setState({ menu: { row, shows, beside } });
  };
  const frame = useRef<HTMLDivElement>(null);
  const [isFolded, setIsFolded] = useState(false);
  const isInLog = message !== undefined;
  useLayoutEffect(() => {
    const element = frame.current;
    if (element) setIsFolded(!fitsBeside(element));
    // There are more of them once it is.
  }, [isInLog]);
  const button = "h-7! w-8! rounded-sm! touch:size-11!";
  return (
    <div
      ref={frame}
      // As tall as the bubble and they are, so that they stay visible while it does; no lower, as
      // the list ends with the last bubble.
      className={classNames(
        "pointer-events-none absolute bottom-px z-10 h-full min-h-7 touch:min-h-11",
        mine ? "end-full me-1 touch:me-0.5" : "start-full ms-1 touch:ms-0.5",
      )}
    >
      <div
        role="group"
        aria-label="Actions"
        // Lower only where the bubble is cut off above.
        className="pointer-events-auto sticky top-1 -mb-2 flex rounded-md bg-raised shadow-high ring-1 ring-line"
      >
        {message && !isFolded && (
          <>
            <IconButton
              label="React"
              aria-haspopup="dialog"
              aria-expanded={shows === "emoji"}
              className={button}
              onClick={open("emoji")}
            >
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
          aria-expanded={shows === "actions"}
          className={button}
          onClick={open("actions")}
        >
          <IconDots aria-hidden="true" size={18} stroke={1.8} />
        </IconButton>
      </div>
    </div>
  );
}

/** Whether all tools of a message fit beside its bubble; otherwise only "More actions" does. */
function fitsBeside(tools: HTMLElement): boolean {
  const [bubble, line] = [tools.parentElement, rowAround(tools)];
  if (!bubble || !line) return false;
  const [inner, outer] = [bubble.getBoundingClientRect(), line.getBoundingClientRect()];
  const beside = Math.max(inner.left - outer.left, outer.right - inner.right);
  return beside >= tools.offsetWidth + GAP_PX;
}

/** Beside the tools, in px. */
const GAP_PX = 8;

/** The open menu, while its message has actions. */
export function RowMenu({ menu, onClose }: { menu: OpenMenu; onClose: () => void }) {
  const activeRow = useActiveRowStore();
  const actions = useMessageActions();
  const roomNow = useRoomNow();
  // Any change of a message changes one of these.
  useRoom((state) => state.messages);
  useRoom((state) => state.outgoing);
  useRoom((state) => state.settings);
  const room = roomNow();
  const target = actionTargetOf(room, menu.row);
  if (!target) return null;
  const reactions = reactionsOn(target, room);
  const selfId = room.people?.self.id;
  const own = new Set(
    reactions.filter(({ by }) => by.some(({ id }) => id === selfId)).map(({ emoji }) => emoji),
  );

  if (menu.shows === "emoji" && target.is === "sent") {
    return (
      <EmojiPicker
        label="React with an emoji"
        beside={menu.beside}
        own={own}
        onPick={(emoji) => actions.react(target.message, emoji)}
        onClose={onClose}
      />
    );
  }
  return (
    <MessageMenu
      menu={menu}
      target={target}
      reactions={reactions}
      own={own}
      isPinned={target.is === "sent" && pinsOf(room).includes(target.message.seq)}
      actions={actions}
      onMoreEmoji={() => activeRow.setState({ menu: { ...menu, shows: "emoji" } })}
      onClose={onClose}
    />
  );
}

/** With those that are not acknowledged yet. */
function reactionsOn(
  target: ActionTarget,
  { outgoing, people }: ReturnType<ReturnType<typeof useRoomNow>>,
): readonly Reaction[] {
  if (target.is === "waiting") return [];
  const { id, reactions } = target.message;
  return reactionsToBe(reactions, pendingChangesOf(outgoing, id).reactions, people?.self);
}
