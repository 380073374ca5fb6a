import type { PendingMessage } from "@parley/client";
import { unreachable } from "@parley/protocol";
import type { Message } from "../../room/message.ts";
import { pendingChangesOf, pendingEditOf } from "../../room/pending-changes.ts";
import { pinning } from "../../room/settings-slice.ts";
import type { RoomState } from "../../room/store.ts";
import { useRoomActions, useRoomId, useRoomNow } from "../../room/use-room.ts";
import { messageLink } from "../../ui/route.ts";
import { copyText } from "../../ui/copy.ts";
import { readRowKey, rowKey, useToast } from "./active-row.ts";
import { useConversations } from "../presence/use-conversations.ts";
import { countEmoji } from "../../storage/used-emoji.ts";
import { useReact } from "./reactions.tsx";

/** A message to act on; `text` is its text after all pending edits. */
export type ActionTarget =
  | {
      readonly is: "sent";
      readonly message: Message;
      readonly mine: boolean;
      readonly text: string;
    }
  | { readonly is: "waiting"; readonly outgoing: PendingMessage; readonly text: string };

/** The actions on a message. */
export type Action =
  | "react"
  | "reply"
  | "edit"
  | "copy-text"
  | "copy-link"
  | "pin"
  | "unpin"
  | "private"
  | "delete";

type Standing = Pick<RoomState, "messages" | "outgoing" | "people" | "undoable">;

/** The message of a row; undefined if it is gone or deleted. */
export function actionTargetOf(state: Standing, row: string): ActionTarget | undefined {
  const { authorId, id } = readRowKey(row);
  const { messages, outgoing, people, undoable } = state;
  const mine = authorId === undefined;
  if (mine && (undoable.has(id) || pendingChangesOf(outgoing, id).deletion)) return undefined;
  const edited = mine ? pendingEditOf(outgoing, id)?.text : undefined;

  const from = authorId ?? people?.self.id;
  const message = messages.findLast((each) => each.id === id && each.from.id === from);
  if (message) {
    if (message.body.is === "deleted") return undefined;
    return { is: "sent", message, mine, text: edited ?? message.body.text };
  }
  const waiting = mine ? outgoing.find((each) => each.id === id) : undefined;
  if (waiting?.frame.type !== "chat") return undefined;
  return { is: "waiting", outgoing: waiting, text: edited ?? waiting.frame.payload.message };
}

/** The actions that the user may take on a message. A pending message has no `seq` to refer to. */
export function actionsFor(
  target: ActionTarget,
  isPinned = false,
  isPrivate = false,
): readonly Action[] {
  return allActions(target, isPinned).filter(
    (action) => !isPrivate || !ONLY_IN_ROOMS.includes(action),
  );
}

const ONLY_IN_ROOMS: readonly Action[] = ["copy-link", "pin", "unpin", "private"];

function allActions(target: ActionTarget, isPinned: boolean): readonly Action[] {
  const pin = isPinned ? "unpin" : "pin";
  switch (target.is) {
    case "sent": {
      const { mine, message } = target;
      if (!mine) {
        const others: readonly Action[] = ["react", "reply", "copy-text", "copy-link", pin];
        return message.from.hook ? others : [...others, "private"];
      }
      return message.kind === "chat"
        ? ["react", "reply", "edit", "copy-text", "copy-link", pin, "delete"]
        : ["react", "reply", "copy-text", "copy-link", pin, "delete"];
    }
    case "waiting":
      return ["edit", "copy-text", "delete"];
    default:
      return unreachable(target);
  }
}

/** The actions on messages, as functions. */
export interface MessageActions {
  readonly reply: (message: Message) => void;
  /** Adds one's reaction, or removes it if it is there. */
  readonly react: (message: Message, emoji: string) => void;
  readonly edit: (target: ActionTarget) => void;
  readonly remove: (target: ActionTarget) => void;
  readonly copyText: (text: string) => void;
  readonly copyLink: (message: Message) => void;
  readonly pin: (message: Message, on: boolean) => void;
  /** Opens the private conversation with its author. */
  readonly writePrivately: (message: Message) => void;
}

export function useMessageActions(): MessageActions {
  const roomId = useRoomId();
  const conversations = useConversations();
  const roomNow = useRoomNow();
  const { deleteMessage, write } = useRoomActions();
  const react = useReact();
  const showToast = useToast();

  const copy = async (text: string, what: string) => {
    showToast((await copyText(text)) ? `${what} copied` : `${what} could not be copied`);
  };
  return {
    reply: ({ id, from }) => {
      const room = roomNow();
      const authorId = from.id === room.people?.self.id ? undefined : from.id;
      const text = actionTargetOf(room, rowKey(authorId, id))?.text;
      if (text !== undefined) room.setComposing({ is: "replying", to: { id, from, text } });
    },
    react: (message, emoji) => {
      if (react(message, emoji)) countEmoji(emoji);
    },
    edit: (target) => {
      const { id } = target.is === "sent" ? target.message : target.outgoing;
      const isRefused = target.is === "waiting" && target.outgoing.state.is === "failed";
      roomNow().setComposing({ is: isRefused ? "amending" : "editing", id, text: target.text });
    },
    remove: (target) =>
      deleteMessage(target.is === "sent" ? target.message.id : target.outgoing.id),
    copyText: (text) => void copy(text, "Text"),
    copyLink: ({ seq }) => void copy(messageLink(roomId, seq), "Link"),
    writePrivately: ({ id, from }) => conversations?.open(from, { via: id }),
    pin: ({ seq }, on) => write(pinning(seq, on)),
  };
}
