import {
  JOIN_MESSAGES,
  PAGE_ENTRIES_MAX,
  type EntryFrame,
  type SetFrame,
  type Since,
} from "@parley/protocol";
import { continuation, type RoomLog } from "../log/log.ts";
import { firstThatFit, PAGE_BYTES_MAX } from "../delivery/page-size.ts";
import { readLastMessages } from "./last-messages.ts";

/** What somebody who joins is shown of the log. */
export interface JoinSnapshot {
  readonly epoch: string;
  readonly head: number;
  readonly entries: readonly EntryFrame[];
  readonly recovered: boolean;
  readonly missed: number;
  /** As of `head` (SPEC G2). */
  readonly settings: readonly SetFrame[];
  readonly truncatedBefore?: number;
}

/**
 * Reads what a join is answered with: the entries after `since`; or the last messages, if there is
 * no `since` or the log does not continue it (SPEC R1, R2, R5). Throws LogUnavailable.
 * @param address the network address of the member who joins
 */
export async function readJoinSnapshot(
  log: RoomLog,
  roomId: string,
  since: Since | undefined,
  address?: string,
): Promise<JoinSnapshot> {
  if (since) {
    // One more on either side: the entry at `since.seq` is compared, not shown.
    const after = Math.max(0, since.seq - 1);
    const limit = PAGE_ENTRIES_MAX + 1;
    const enough = PAGE_BYTES_MAX * 2;
    const range = { after, limit, enough, withSettings: true } as const;
    const page = await log.read(roomId, range, address);
    if (continuation(since, page).is === "continued") {
      const { epoch, head, entries, settings = [] } = page;
      const later = entries.filter((entry) => entry.payload.seq > since.seq);
      return {
        epoch,
        head,
        entries: firstThatFit(later.slice(0, PAGE_ENTRIES_MAX)),
        recovered: true,
        missed: head - since.seq,
        settings,
      };
    }
  }
  const range = { limit: JOIN_MESSAGES, withSettings: true } as const;
  const page = await readLastMessages(log, roomId, range, address);
  const { epoch, head, first, entries, settings = [] } = page;
  return { epoch, head, entries, recovered: false, missed: 0, settings, ...trimmedAt(first) };
}

/** Says where a trimmed log starts, in the form that `joined` and `history` carry. */
export function trimmedAt(first: number): { truncatedBefore?: number } {
  return first > 1 ? { truncatedBefore: first } : {};
}
