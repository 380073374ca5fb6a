import type { DownPayload } from "@parley/protocol";
import { firstThatFit, PAGE_BYTES_MAX } from "../delivery/page-size.ts";
import type { Range, RoomLog } from "../log/log.ts";
import { trimmedAt } from "./join-snapshot.ts";
import { readLastMessages } from "./last-messages.ts";

/**
 * Reads a page of a room's log as a client is shown it: as much as fits, and whether there is more
 * in the direction that was asked for. Throws LogUnavailable.
 * @param address the network address that it is read for
 */
export async function readPage(
  log: RoomLog,
  roomId: string,
  range: Range,
  address: string,
): Promise<DownPayload<"history">> {
  const isOnward = "after" in range;
  const page = isOnward
    ? await log.read(roomId, { ...range, enough: PAGE_BYTES_MAX }, address)
    : await readLastMessages(log, roomId, range, address);
  const { epoch, head, first } = page;
  const entries = isOnward ? firstThatFit(page.entries) : page.entries;
  const oldest = entries[0]?.payload.seq ?? first;
  const newest = entries.at(-1)?.payload.seq ?? head;
  const more = isOnward ? newest < head : oldest > first;
  return { entries: [...entries], epoch, head, more, ...trimmedAt(first) };
}
