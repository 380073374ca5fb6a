import type { Outgoing } from "@parley/client";
import { unreachable } from "@parley/protocol";
import type { Message } from "../../room/message.ts";
import { pendingChangesOf } from "../../room/pending-changes.ts";
import { pendingEditOf } from "../../room/pending-edit.ts";
import type { RoomState } from "../../room/store.ts";
import { readRowKey } from "./row-key.ts";

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
