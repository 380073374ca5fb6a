import type { Message } from "../../room/message.ts";
import { useRoomActions, useRoomId, useRoomNow } from "../../room/room-context.ts";
import { copyText } from "../../ui/use-copy.ts";
import { messageLink } from "../../route.ts";
import { subjectOf, type Subject } from "./action-target.ts";
import { rowKey } from "./row-key.ts";
import { useReact } from "./use-react.ts";
import { useTell } from "./use-toast.ts";

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
  const { takeBack } = useRoomActions();
  const react = useReact();
  const tell = useTell();

  const copy = async (text: string, what: string) => {
    tell((await copyText(text)) ? `${what} copied` : `${what} could not be copied`);
  };
  return {
    reply: ({ id, from }) => {
      const room = roomNow();
      const text = subjectOf(room, rowKey(from.id, id))?.text;
      if (text !== undefined) room.setComposing({ is: "replying", to: { id, from, text } });
    },
    react,
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
