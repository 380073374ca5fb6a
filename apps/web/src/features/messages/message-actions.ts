import type { Outgoing } from "@parley/client";
import { unreachable } from "@parley/protocol";
import type { Message } from "../../room/message.ts";
import { pendingChangesOf, pendingEditOf } from "../../room/pending-changes.ts";
import type { RoomState } from "../../room/store.ts";
import { useRoomActions, useRoomId, useRoomNow } from "../../room/use-room.ts";
import { messageLink } from "../../route.ts";
import { copyText } from "../../ui/sharing.ts";
import { readRowKey, rowKey } from "./active-row.ts";
import { useReact } from "./reactions.tsx";
import { useTell } from "./toast.tsx";

/** A message that something can be done with; `text` is what it will say once all has arrived. */
export type Subject =
  | {
      readonly is: "sent";
      readonly message: Message;
      readonly mine: boolean;
      readonly text: string;
    }
  | { readonly is: "waiting"; readonly outgoing: Outgoing; readonly text: string };

/** What can be done with a message. */
export type Action = "react" | "reply" | "edit" | "copy-text" | "copy-link" | "delete";

type Standing = Pick<RoomState, "messages" | "outgoing" | "people" | "takingBack">;

/** The message of a line; undefined where it is gone or was taken back. */
export function subjectOf(state: Standing, row: string): Subject | undefined {
  const { authorId, id } = readRowKey(row);
  const { messages, outgoing, people, takingBack } = state;
  const mine = people === undefined || people.self.id === authorId;
  if (mine && (takingBack.has(id) || pendingChangesOf(outgoing, id).deletion)) return undefined;
  const edited = mine ? pendingEditOf(outgoing, id)?.text : undefined;

  const message = messages.findLast((each) => each.id === id && each.from.id === authorId);
  if (message) {
    if (message.body.is === "deleted") return undefined;
    return { is: "sent", message, mine, text: edited ?? message.body.text };
  }
  const waiting = mine ? outgoing.find((each) => each.id === id) : undefined;
  if (waiting?.frame.type !== "chat") return undefined;
  return { is: "waiting", outgoing: waiting, text: edited ?? waiting.frame.payload.message };
}

/** What its reader may do with a message: what is not in the log yet can be told of to nobody. */
export function actionsFor(subject: Subject): readonly Action[] {
  switch (subject.is) {
    case "sent":
      return subject.mine
        ? ["react", "reply", "edit", "copy-text", "copy-link", "delete"]
        : ["react", "reply", "copy-text", "copy-link"];
    case "waiting":
      return ["edit", "copy-text", "delete"];
    default:
      return unreachable(subject);
  }
}

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
