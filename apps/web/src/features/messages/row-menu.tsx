import { pendingChangesOf, reactionsToBe } from "../../room/pending-changes.ts";
import { useRoom, useRoomNow } from "../../room/use-room.ts";
import { EmojiPicker } from "../emoji/emoji-picker.tsx";
import { MessageMenu } from "./message-menu.tsx";
import { useActiveRowStore, type OpenMenu } from "./active-row.ts";
import { type ActionTarget, actionTargetOf, useMessageActions } from "./message-actions.ts";

/** The menu that is open, for as long as there is something to be done with its message. */
export function RowMenu({ menu, onClose }: { menu: OpenMenu; onClose: () => void }) {
  const activeRow = useActiveRowStore();
  const actions = useMessageActions();
  const roomNow = useRoomNow();
  // Whatever changes a message changes one of these.
  useRoom((state) => state.messages);
  useRoom((state) => state.outgoing);
  const room = roomNow();
  const target = actionTargetOf(room, menu.row);
  if (!target) return null;
  const own = ownReactions(target, room);

  if (menu.shows === "emoji" && target.is === "sent") {
    return (
      <EmojiPicker
        menu={menu}
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
      own={own}
      actions={actions}
      onMoreEmoji={() => activeRow.setState({ menu: { ...menu, shows: "emoji" } })}
      onClose={onClose}
    />
  );
}

function ownReactions(
  target: ActionTarget,
  { outgoing, people }: ReturnType<ReturnType<typeof useRoomNow>>,
): ReadonlySet<string> {
  if (target.is === "waiting") return new Set();
  const { id, reactions } = target.message;
  const pending = pendingChangesOf(outgoing, id).reactions;
  const own = reactionsToBe(reactions, pending, people?.self).filter(({ by }) =>
    by.some((member) => member.id === people?.self.id),
  );
  return new Set(own.map(({ emoji }) => emoji));
}
