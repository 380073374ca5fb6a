import type { Message } from "./message.ts";
import type { RoomState } from "./store.ts";

/** Whether a message can be new to the user: another member wrote it, and it is not deleted. */
export function canBeNews({ from, body }: Message, selfId: string | undefined): boolean {
  return from.id !== selfId && body.is === "said";
}

type Counted = Pick<RoomState, "messages" | "lastRead" | "people">;

/** The number of messages that the user has not seen. Own and deleted ones do not count. */
export function countUnread(state: Counted): number {
  return countAfter(state.lastRead, state);
}

/** The number of messages of others after a `seq`, but for deleted ones. */
export function countAfter(
  seq: number,
  { messages, people }: Pick<Counted, "messages" | "people">,
): number {
  let unread = 0;
  for (let i = messages.length - 1; i >= 0; i -= 1) {
    const message = messages[i];
    if (!message || message.seq <= seq) break;
    if (canBeNews(message, people?.self.id)) unread += 1;
  }
  return unread;
}

/** Whether there are unread messages before the first one that is loaded. */
export function lacksUnread({ firstUnread, lastRead, oldest }: RoomState): boolean {
  return firstUnread !== undefined && lastRead < oldest - 1;
}
