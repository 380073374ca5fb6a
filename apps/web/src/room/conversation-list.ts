import type { Bell, RangFrame, Since } from "@parley/protocol";
import type { StoredConversation } from "../storage/conversations.ts";

/** The name of a member who is known by id alone. */
export const GUEST = "Guest";
/** How many conversations of a room are listed; that with the oldest messages is dropped. */
const LISTED_MAX = 100;

/** The conversations of a room, those with the latest messages first. */
export type ConversationList = readonly StoredConversation[];

/** The list, and how far the bell was heard. */
export interface Heard {
  readonly list: ConversationList;
  readonly since: Since | undefined;
}

type Ring = RangFrame["payload"];

/**
 * Another member wrote, or this one did, perhaps on another device. A ring that was heard before, for
 * example in another tab, changes nothing.
 * @param nameOf the name of a member whose id alone is known
 */
export function heardRing(
  { list, since }: Heard,
  { seq, id, at, from, to }: Ring,
  nameOf: (memberId: string) => string,
): Heard {
  if (since && seq <= since.seq) return { list, since };
  const partner = to ?? from.id;
  const before = list.find((each) => each.id === partner);
  const conversation = {
    ...before,
    id: partner,
    name: to === undefined ? from.name : (before?.name ?? nameOf(to)),
    at: Math.max(at, before?.at ?? 0),
    unread: (before?.unread ?? 0) + (to === undefined ? 1 : 0),
  };
  return { list: withConversation(list, conversation), since: since && { ...since, seq, id } };
}

/** A join shows the bell. Another bell is heard from its beginning. */
export function heardBell(
  { list, since }: Heard,
  { epoch, head, entries }: Bell,
  nameOf: (memberId: string) => string,
): Heard {
  const isSame = since?.epoch === epoch;
  const begun: Heard = isSame
    ? { list, since }
    : {
        list: list.map((each) => ({ ...each, unread: 0 })),
        since: { epoch, seq: entries.length > 0 ? 0 : head },
      };
  return entries.reduce<Heard>((heard, { payload }) => heardRing(heard, payload, nameOf), begun);
}

/** Adds a conversation or replaces it. */
export function withConversation(
  list: ConversationList,
  conversation: StoredConversation,
): ConversationList {
  const others = list.filter(({ id }) => id !== conversation.id);
  return [conversation, ...others].toSorted((a, b) => b.at - a.at).slice(0, LISTED_MAX);
}

/**
 * The conversation with a member whose id may be in lower case, as in the outbox; undefined if it is
 * not listed.
 */
export function listedAs(list: ConversationList, id: string): StoredConversation | undefined {
  const lower = id.toLowerCase();
  return list.find((each) => each.id.toLowerCase() === lower);
}

/** Without those that an earlier version listed twice, the second time by the id in lower case. */
export function withoutDoubles(list: ConversationList): ConversationList {
  const lower = new Set(
    list.filter(({ id }) => id !== id.toLowerCase()).map(({ id }) => id.toLowerCase()),
  );
  return list.filter(({ id }) => !lower.has(id));
}

/** Changes a conversation; ignores an id that is not listed. */
export function changed(
  list: ConversationList,
  id: string,
  change: Partial<Omit<StoredConversation, "id">>,
): ConversationList {
  const before = list.find((each) => each.id === id);
  if (!before) return list;
  const isSame = Object.entries(change).every(
    ([field, value]) => before[field as keyof StoredConversation] === value,
  );
  return isSame ? list : withConversation(list, { ...before, ...change });
}

/** The number of private messages that were not read. */
export function unreadIn(list: ConversationList): number {
  return list.reduce((sum, { unread }) => sum + unread, 0);
}
