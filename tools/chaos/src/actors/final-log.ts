import { PAGE_ENTRIES_MAX, type LogEntry } from "@parley/protocol";
import { PlainClient } from "@parley/testkit/plain-client";
import type { FinalLog } from "../checker/observation.ts";

/** Reads all that a server has of a room's log, page by page, as a stranger. */
export async function readFinalLog(url: string, roomId: string): Promise<FinalLog> {
  const socket = await PlainClient.connect(url);
  try {
    const { epoch, head, truncatedBefore: first = 1 } = await socket.join(roomId);
    const entries: LogEntry[] = [];
    for (;;) {
      const after = entries.at(-1)?.payload.seq ?? first - 1;
      const page = await socket.ask("history", { after, limit: PAGE_ENTRIES_MAX }, "history");
      entries.push(...page.entries);
      if (page.entries.length === 0 || !page.more) return { epoch, head, first, entries };
    }
  } finally {
    socket.cut();
  }
}
