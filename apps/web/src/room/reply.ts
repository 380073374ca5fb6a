import type { Message } from "./message.ts";
import { indexOfSeq } from "./revise.ts";
import type { RoomState } from "./store.ts";

/** How a reply names its target; `seq` is known once the reply is in the log. */
export type ReplyRef = NonNullable<Message["replyTo"]>;

type Standing = Pick<RoomState, "messages" | "oldest" | "older">;

/** The message that is replied to, if it is loaded. */
export function repliedMessage(
  { messages }: Pick<Standing, "messages">,
  { id, seq }: ReplyRef,
): Message | undefined {
  if (seq === undefined) return messages.findLast((message) => message.id === id);
  const at = indexOfSeq(messages, seq);
  const found = at === undefined ? undefined : messages[at];
  return found?.id === id ? found : undefined;
}

/** Whether a reply's target that is not loaded is on an earlier page, or nowhere. */
export function isEarlier({ oldest, older }: Standing, { seq }: ReplyRef): boolean {
  if (older.is === "beginning" || older.is === "trimmed") return false;
  return seq === undefined || oldest === 0 || seq < oldest;
}
