import { PAGE_ENTRIES_MAX, type LogEntry } from "@parley/protocol";
import { PlainClient } from "@parley/testkit/plain-client";
import type { FinalLog, ToldSettings } from "../checker/observation.ts";

/**
 * Reads the whole log of a room, page by page, as a new member, and asks every server for the
 * settings.
 * @param servers the address of each, if several are behind this address
 */
export async function readFinalLog(
  url: string,
  roomId: string,
  servers: readonly string[] = [url],
): Promise<FinalLog> {
  const socket = await PlainClient.connect(url);
  try {
    const { epoch, head, truncatedBefore: first = 1 } = await socket.join(roomId);
    const entries: LogEntry[] = [];
    for (;;) {
      const after = entries.at(-1)?.payload.seq ?? first - 1;
      const page = await socket.ask("history", { after, limit: PAGE_ENTRIES_MAX }, "history");
      entries.push(...page.entries);
      if (page.entries.length > 0 && page.more) continue;
      const told = await Promise.all(servers.map((server) => settingsAt(server, roomId)));
      return { epoch, head, first, entries, told };
    }
  } finally {
    socket.cut();
  }
}

async function settingsAt(server: string, roomId: string): Promise<ToldSettings> {
  const socket = await PlainClient.connect(server);
  try {
    const { epoch, settings = [] } = await socket.join(roomId);
    return { server, epoch, settings };
  } finally {
    socket.cut();
  }
}
