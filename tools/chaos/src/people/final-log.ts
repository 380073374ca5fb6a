import { PAGE_ENTRIES_MAX, type LogEntry } from "@parley/protocol";
import type { FinalLog } from "../checker/observation.ts";
import { PlainSocket } from "./plain-socket.ts";

/** Reads all that a server has of a room's log, page by page, as a stranger. */
export async function readFinalLog(url: string, roomId: string): Promise<FinalLog> {
  const socket = await PlainSocket.open(url);
  try {
    const joined = await socket.ask({ type: "join", payload: { roomId } }, "joined");
    const { epoch, head, truncatedBefore: first = 1 } = joined.payload;
    const entries: LogEntry[] = [];
    for (;;) {
      const after = entries.at(-1)?.payload.seq ?? first - 1;
      const request = { type: "history", payload: { after, limit: PAGE_ENTRIES_MAX } } as const;
      const { payload: page } = await socket.ask(request, "history");
      entries.push(...page.entries);
      if (page.entries.length === 0 || !page.more) return { epoch, head, first, entries };
    }
  } finally {
    socket.cut();
  }
}
