import type { PendingMessage } from "@parley/client";
import type { Message } from "../../room/message.ts";
import { pendingEditOf } from "../../room/pending-changes.ts";
import type { Composing } from "../../room/writing-slice.ts";

/**
 * The reader's own last message, to be changed: one that failed gets another text and goes again,
 * any other is edited, in the log or on its way there.
 * @param messages in the order of the log
 * @returns undefined where there is none
 */
export function changeLastOwn(
  messages: readonly Message[],
  outgoing: readonly PendingMessage[],
  selfId: string | undefined,
): Composing | undefined {
  const waiting = outgoing.findLast(({ frame }) => frame.type === "chat");
  if (waiting?.frame.type === "chat") {
    const { id, state, frame } = waiting;
    const { message } = frame.payload;
    return state.is === "failed"
      ? { is: "amending", id, text: message }
      : { is: "editing", target: id, text: textNow(outgoing, id, message) };
  }
  const last = messages.findLast(
    ({ kind, from, body }) => kind === "chat" && from.id === selfId && body.is === "said",
  );
  if (last?.body.is !== "said") return undefined;
  return { is: "editing", target: last.id, text: textNow(outgoing, last.id, last.body.text) };
}

/** What a message will say once the edits that still wait have arrived. */
function textNow(outgoing: readonly PendingMessage[], target: string, text: string): string {
  return pendingEditOf(outgoing, target)?.text ?? text;
}
