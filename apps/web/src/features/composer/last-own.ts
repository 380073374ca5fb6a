import type { PendingMessage } from "@parley/client";
import type { Message } from "../../room/message.ts";
import { pendingEditOf } from "../../room/pending-changes.ts";
import type { EditTarget } from "../../storage/drafts.ts";

/**
 * Finds one's own last message, to change it: a failed one is amended and sent again, any other is
 * edited, in the log or pending.
 * @param messages in the order of the log
 * @returns undefined if there is none
 */
export function changeLastOwn(
  messages: readonly Message[],
  outgoing: readonly PendingMessage[],
  selfId: string | undefined,
): EditTarget | undefined {
  const waiting = outgoing.findLast(({ frame }) => frame.type === "chat");
  if (waiting?.frame.type === "chat") {
    const { id, state, frame } = waiting;
    const { message } = frame.payload;
    return state.is === "failed"
      ? { is: "amending", id, text: message }
      : { is: "editing", id, text: textNow(outgoing, id, message) };
  }
  const last = messages.findLast(
    ({ kind, from, body }) => kind === "chat" && from.id === selfId && body.is === "said",
  );
  if (last?.body.is !== "said") return undefined;
  return { is: "editing", id: last.id, text: textNow(outgoing, last.id, last.body.text) };
}

/** The text of a message once its pending edits are acknowledged. */
function textNow(outgoing: readonly PendingMessage[], target: string, text: string): string {
  return pendingEditOf(outgoing, target)?.text ?? text;
}
