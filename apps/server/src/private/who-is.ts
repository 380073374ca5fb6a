import { JOIN_MESSAGES, PAGE_ENTRIES_MAX, type Member } from "@parley/protocol";
import { guestName } from "../identity.ts";
import type { RoomLog } from "../log/log.ts";
import { bellId, conversationId } from "../log/private-ids.ts";
import type { Presence } from "../presence/presence.ts";

/** The request for the member that a conversation is opened with. */
export interface Meant {
  readonly roomId: string;
  /** The member who asks. */
  readonly memberId: string;
  /** The partner's id. */
  readonly id: string;
  /** The `id` of an entry of the partner in the room. */
  readonly via: string | undefined;
  /** The network address of the member who asks. */
  readonly address: string;
}

/**
 * Finds the member with this id: one who is in the room, the author of an entry, a partner of an earlier
 * conversation, or one whose bell was rung; undefined for anybody else. Throws LogUnavailable.
 * @param presence who is in the room
 */
export async function whoIs(
  log: RoomLog,
  { roomId, memberId, id, via, address }: Meant,
  presence: Pick<Presence, "find">,
): Promise<Member | undefined> {
  if (id === memberId) return undefined;
  const present = await presence.find(id);
  if (present) return present;
  const author = via === undefined ? undefined : await authorOf(log, roomId, via, id);
  if (author) return author;
  const logId = conversationId(roomId, memberId, id);
  const { head, entries } = await log.read(logId, { limit: JOIN_MESSAGES }, address);
  if (head === 0 && !(await hasRung(log, roomId, { memberId, id, address }))) return undefined;
  const said = entries.findLast(({ payload }) => payload.from.id === id);
  return said?.payload.from ?? { id, name: guestName(id) };
}

/** The author of an entry of a room, unless it is a hook. */
async function authorOf(
  log: RoomLog,
  roomId: string,
  entryId: string,
  author: string,
): Promise<Member | undefined> {
  const entry = await log.find(roomId, { id: entryId, author, ofAnyKind: true });
  const from = entry?.payload.from;
  return from?.hook ? undefined : from;
}

/** Whether a member rang this one lately: after a crash, a ring may be there without its message. */
async function hasRung(
  log: RoomLog,
  roomId: string,
  { memberId, id, address }: Pick<Meant, "memberId" | "id" | "address">,
): Promise<boolean> {
  const { entries } = await log.read(bellId(roomId, id), { limit: PAGE_ENTRIES_MAX }, address);
  return entries.some(({ payload }) => payload.from.id === memberId);
}
