import type { RoomState } from "./store.ts";

/** How many messages of others came after the last one that the reader saw. */
export function unreadIn({
  messages,
  readTo,
  people,
}: Pick<RoomState, "messages" | "readTo" | "people">): number {
  let unread = 0;
  for (let i = messages.length - 1; i >= 0; i -= 1) {
    const message = messages[i];
    if (!message || message.seq <= readTo) break;
    if (message.from.id !== people?.self.id) unread += 1;
  }
  return unread;
}

/** What stands on the browser's tab: the room, with what is new in it. */
export function tabTitle(roomId: string, unread: number): string {
  const room = `${roomId} · Parley`;
  return unread > 0 ? `(${unread}) ${room}` : room;
}
