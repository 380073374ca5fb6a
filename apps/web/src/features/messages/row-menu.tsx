import { pendingChangesOf, reactionsToBe } from "../../room/pending-changes.ts";
import { useRoom, useRoomNow } from "../../room/use-room.ts";
import { EmojiPicker } from "../emoji/emoji-picker.tsx";
import { MessageMenu } from "./message-menu.tsx";
import { usePointedStore, type OpenMenu } from "./active-row.ts";
import { type Subject, subjectOf, useMessageActions } from "./message-actions.ts";

/** The menu that is open, for as long as there is something to be done with its message. */
export function RowMenu({ menu, onClose }: { menu: OpenMenu; onClose: () => void }) {
  const pointed = usePointedStore();
  const actions = useMessageActions();
  const roomNow = useRoomNow();
  // Whatever changes a message changes one of these.
  useRoom((state) => state.messages);
  useRoom((state) => state.outgoing);
  const room = roomNow();
  const subject = subjectOf(room, menu.row);
  if (!subject) return null;
  const own = ownReactions(subject, room);

  if (menu.shows === "emoji" && subject.is === "sent") {
    return (
      <EmojiPicker
        menu={menu}
        own={own}
        onPick={(emoji) => actions.react(subject.message, emoji)}
        onClose={onClose}
      />
    );
  }
  return (
    <MessageMenu
      menu={menu}
      subject={subject}
      own={own}
      actions={actions}
      onMoreEmoji={() => pointed.setState({ menu: { ...menu, shows: "emoji" } })}
      onClose={onClose}
    />
  );
}

function ownReactions(
  subject: Subject,
  { outgoing, people }: ReturnType<ReturnType<typeof useRoomNow>>,
): ReadonlySet<string> {
  if (subject.is === "waiting") return new Set();
  const { id, reactions } = subject.message;
  const pending = pendingChangesOf(outgoing, id).reactions;
  const own = reactionsToBe(reactions, pending, people?.self).filter(({ by }) =>
    by.some((member) => member.id === people?.self.id),
  );
  return new Set(own.map(({ emoji }) => emoji));
}
