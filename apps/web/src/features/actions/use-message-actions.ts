import type { Message } from "../../room/message.ts";
import { pendingChangesOf, reactionsToBe } from "../../room/pending-changes.ts";
import { useRoomActions, useRoomId, useRoomNow } from "../../room/room-context.ts";
import { copyText } from "../invite/use-copy.ts";
import { messageLink } from "./message-link.ts";
import { usePointedStore } from "./pointed.ts";
import { subjectOf, type Subject } from "./subject.ts";
import { rowKey } from "./row-key.ts";

/** How long it is told that something was copied, in ms. */
const TOLD_MS = 2_500;

/** What the reader can do with one message or another. */
export interface MessageActions {
  readonly reply: (message: Message) => void;
  /** Adds one's reaction, or takes it back where it is there. */
  readonly react: (message: Message, emoji: string) => void;
  readonly edit: (subject: Subject) => void;
  readonly remove: (subject: Subject) => void;
  readonly copyText: (text: string) => void;
  readonly copyLink: (message: Message) => void;
}

export function useMessageActions(): MessageActions {
  const roomId = useRoomId();
  const roomNow = useRoomNow();
  const { react, takeBack } = useRoomActions();
  const pointed = usePointedStore();

  const copy = async (text: string, what: string) => {
    const told = (await copyText(text)) ? `${what} copied` : `${what} could not be copied`;
    pointed.setState({ told });
    setTimeout(() => {
      if (pointed.getState().told === told) pointed.setState({ told: undefined });
    }, TOLD_MS);
  };
  return {
    reply: ({ id, from }) => {
      const room = roomNow();
      const text = subjectOf(room, rowKey(from.id, id))?.text;
      if (text !== undefined) room.setComposing({ is: "replying", to: { id, from, text } });
    },
    react: ({ id, reactions }, emoji) => {
      const { outgoing, people } = roomNow();
      const pending = pendingChangesOf(outgoing, id).reactions;
      const now = reactionsToBe(reactions, pending, people?.self);
      const by = now.find((reaction) => reaction.emoji === emoji)?.by ?? [];
      react(id, emoji, !by.some((member) => member.id === people?.self.id));
    },
    edit: (subject) => {
      const { setComposing } = roomNow();
      const { text } = subject;
      if (subject.is === "sent") {
        setComposing({ is: "editing", target: subject.message.id, text });
      } else if (subject.outgoing.state.is === "failed") {
        setComposing({ is: "amending", id: subject.outgoing.id, text });
      } else {
        setComposing({ is: "editing", target: subject.outgoing.id, text });
      }
    },
    remove: (subject) => takeBack(subject.is === "sent" ? subject.message.id : subject.outgoing.id),
    copyText: (text) => void copy(text, "Text"),
    copyLink: ({ seq }) => void copy(messageLink(roomId, seq), "Link"),
  };
}
