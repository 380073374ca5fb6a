import type { Message } from "./message.ts";
import type { RoomState } from "./store.ts";

/** Whether a message can be new to the user: another member wrote it, and it is not deleted. */
export function canBeNews({ from, body }: Message, selfId: string | undefined): boolean {
  return from.id !== selfId && body.is === "said";
}

/** The number of messages that the user has not seen. Own and deleted ones do not count. */
export function countUnread({
  messages,
  lastRead,
  people,
}: Pick<RoomState, "messages" | "lastRead" | "people">): number {
  let unread = 0;
  for (let i = messages.length - 1; i >= 0; i -= 1) {
    const message = messages[i];
    if (!message || message.seq <= lastRead) break;
    if (canBeNews(message, people?.self.id)) unread += 1;
  }
  return unread;
}
