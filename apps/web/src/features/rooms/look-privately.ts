import { readBell, roomPath, type Bell, type Since } from "@parley/protocol";
import { heardBell } from "../../room/conversation-list.ts";
import { storedBell } from "../../storage/bell.ts";
import { storedConversations } from "../../storage/conversations.ts";
import { storedToken } from "../../storage/identity.ts";
import { askServer } from "../../ui/ask-server.ts";

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
  return roomPath(roomId, `/bell?${after}${epoch}`);
}

/** Reads a page of `GET /api/rooms/:room/bell`; undefined for a refusal. */
export function bellIn(page: unknown): Bell | undefined {
  const isReset = Object(page) as { reset?: unknown };
  return readBell({ ...Object(page), recovered: isReset.reset !== true, missed: 0 });
}
