import { roomApiPath, readBell, type Bell, type Since } from "@parley/protocol";
import { askServer } from "../../ui/ask-server.ts";
import { lineOf } from "../formatting/last-line.ts";
import { heardBell } from "../../room/conversation-list.ts";
import { storedBell } from "../../storage/bell.ts";
import { storedConversations } from "../../storage/conversations.ts";
import { storedToken } from "../../storage/identity.ts";

/** How many messages are counted; a higher count is shown as this. */
const LOOKED_AT_MAX = 100;

/** What is new in a room that is not connected. */
interface Look {
  /** The number of messages after the last one that the user saw. */
  readonly unread: number;
  /** The last of them, and its author. */
  readonly last?: string;
  /** There are later ones, which are not counted. */
  readonly more: boolean;
}

/**
 * Asks the server what is new in a room, without joining it.
 * @param lastRead the `seq` of the last message that the user saw
 * @returns undefined if the server does not say
 */
export async function lookAt(
  roomId: string,
  lastRead: number,
  signal: AbortSignal,
): Promise<Look | undefined> {
  const ask = async (query: string) =>
    readLook(await askServer(roomApiPath(roomId, `/messages?${query}`), signal));
  const look = await ask(`after=${lastRead}&limit=${LOOKED_AT_MAX}`);
  // The page has the first messages, not the last one.
  const newest = look?.more ? await ask("limit=1") : undefined;
  return look && { ...look, ...(newest?.last !== undefined && { last: newest.last }) };
}

/** Reads a page of `GET /api/rooms/:room/messages`; undefined for a refusal. */
export function readLook(page: unknown): Look | undefined {
  const { entries, more } = Object(page) as { entries?: unknown; more?: unknown };
  if (!Array.isArray(entries)) return undefined;
  const said = entries.flatMap((entry: unknown) => {
    const { type, payload } = Object(entry) as { type?: unknown; payload?: unknown };
    const { message, from } = Object(payload) as { message?: unknown; from?: unknown };
    const { name } = Object(from) as { name?: unknown };
    return type === "chat" && typeof message === "string" && typeof name === "string"
      ? [lineOf(name, message)]
      : [];
  });
  const last = said.at(-1);
  return { unread: said.length, more: more === true, ...(last !== undefined && { last }) };
}

/** How many rings are read; the next look reads the others. */
const RINGS_MAX = 100;
/** The name of a member who is known by id alone. */
const GUEST = "Guest";

/** Asks the server who wrote privately in a room that is not connected, and stores it. */
export async function lookPrivately(roomId: string, signal: AbortSignal): Promise<void> {
  const token = storedToken().read();
  if (token === undefined) return;
  const bell = storedBell(roomId);
  const page = await askServer(pathOf(roomId, bell.read()), signal, token);
  const read = bellIn(page);
  if (!read || signal.aborted) return;
  const list = storedConversations(roomId);
  const heard = heardBell({ list: list.read(), since: bell.read() }, read, () => GUEST);
  // In this order: a ring that is stored as heard is in the list.
  list.write(heard.list);
  bell.write(heard.since);
}

function pathOf(roomId: string, since: Since | undefined): string {
  const after = `after=${since?.seq ?? 0}&limit=${RINGS_MAX}`;
  const epoch = since ? `&epoch=${encodeURIComponent(since.epoch)}` : "";
  return roomApiPath(roomId, `/bell?${after}${epoch}`);
}

/** Reads a page of `GET /api/rooms/:room/bell`; undefined for a refusal. */
export function bellIn(page: unknown): Bell | undefined {
  const isReset = Object(page) as { reset?: unknown };
  return readBell({ ...Object(page), recovered: isReset.reset !== true, missed: 0 });
}
