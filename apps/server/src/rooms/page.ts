import { encode, type DownPayload } from "@parley/protocol";
import { firstThatFit, PAGE_BYTES_MAX } from "../delivery/page-size.ts";
import type { Page, Range, RoomLog } from "../log/log.ts";
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
  const known = payloads.get(page);
  if (known) return known;
  const { epoch, head, first } = page;
  const entries = isOnward ? firstThatFit(page.entries) : page.entries;
  const oldest = entries[0]?.payload.seq ?? first;
  const newest = entries.at(-1)?.payload.seq ?? head;
  const more = isOnward ? newest < head : oldest > first;
  const payload = { entries: [...entries], epoch, head, more, ...trimmedAt(first) };
  payloads.set(page, payload);
  return payload;
}

/** What was made of a page that was read for several. */
const payloads = new WeakMap<Page, DownPayload<"history">>();
const texts = new WeakMap<DownPayload<"history">, string>();

/**
 * A page as text, made once for all who are answered with it.
 * @param ref what the answer names its question by
 */
export function pageText(payload: DownPayload<"history">, ref: string | undefined): string {
  let text = texts.get(payload);
  if (text === undefined) {
    text = encode({ type: "history", payload });
    texts.set(payload, text);
  }
  return ref === undefined ? text : `${text.slice(0, -2)},"ref":${JSON.stringify(ref)}}}`;
}
