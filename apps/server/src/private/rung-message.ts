import type { EntryFrame, RangFrame, Since } from "@parley/protocol";
import type { RoomLog } from "../log/log.ts";
import type { JoinSnapshot } from "../rooms/join-snapshot.ts";

/**
 * The end of a conversation's log before the message that rang; undefined if the message is not stored
 * yet. Throws LogUnavailable.
 */
export async function sinceBefore(
  log: RoomLog,
  logId: string,
  { payload: { id, from } }: RangFrame,
): Promise<Since | undefined> {
  const found = await log.find(logId, { id, author: from.id });
  if (!found) return undefined;
  const seq = found.payload.seq - 1;
  const { epoch, entries } = await log.read(logId, { after: Math.max(0, seq - 1), limit: 1 });
  const before = entries[0]?.payload;
  return { epoch, seq, ...(before?.seq === seq ? { id: before.id } : {}) };
}

/** The entries from the message that rang on; none if it was not stored when the log was read. */
export function entriesFrom(
  { payload: { id, from } }: RangFrame,
  { entries, recovered }: JoinSnapshot,
): readonly EntryFrame[] {
  if (recovered) return entries;
  const start = entries.findIndex(
    ({ payload }) => payload.id === id && payload.from.id === from.id,
  );
  return start === -1 ? [] : entries.slice(start);
}
