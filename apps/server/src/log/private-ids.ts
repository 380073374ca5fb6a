/**
 * The logs of private messages have ids that no room and no member can have, so that no `join` names
 * one: `ROOM/A+B` is the conversation of two members, by their public ids, and `ROOM/A` the bell of one.
 */
export function conversationId(roomId: string, one: string, other: string): string {
  const [first, second] = one < other ? [one, other] : [other, one];
  return `${roomId}/${first}+${second}`;
}

export function bellId(roomId: string, memberId: string): string {
  return `${roomId}/${memberId}`;
}

/** Whose bell a log is, in which room; undefined for any other log. */
export function bellOf(
  logId: string,
): { readonly roomId: string; readonly memberId: string } | undefined {
  const [, roomId, memberId] = /^([^/]+)\/([^+]+)$/.exec(logId) ?? [];
  return roomId === undefined || memberId === undefined ? undefined : { roomId, memberId };
}

export function isConversation(logId: string): boolean {
  return logId.includes("+");
}

/** The bells that a message in a conversation rings, and who gets it; undefined for any other log. */
export function bellsRungIn(
  logId: string,
  author: string,
): { readonly own: string; readonly other: string; readonly to: string } | undefined {
  if (!isConversation(logId)) return undefined;
  const [, roomId = "", first, second] = /^([^/]+)\/([^+]+)\+(.+)$/.exec(logId) ?? [];
  const to = author === first ? second : first;
  if (to === undefined) return undefined;
  return { own: bellId(roomId, author), other: bellId(roomId, to), to };
}
