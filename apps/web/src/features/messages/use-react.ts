import type { Message } from "../../room/message.ts";
import { pendingChangesOf, reactionsToBe } from "../../room/pending-changes.ts";
import { useRoomActions, useRoomNow } from "../../room/room-context.ts";

/** Adds one's reaction to a message, or takes it back where it is there. */
export function useReact(): (message: Message, emoji: string) => void {
  const roomNow = useRoomNow();
  const { react } = useRoomActions();
  return ({ id, reactions }, emoji) => {
    const { outgoing, people } = roomNow();
    const pending = pendingChangesOf(outgoing, id).reactions;
    const now = reactionsToBe(reactions, pending, people?.self);
    const by = now.find((reaction) => reaction.emoji === emoji)?.by ?? [];
    react(id, emoji, !by.some((member) => member.id === people?.self.id));
  };
}
