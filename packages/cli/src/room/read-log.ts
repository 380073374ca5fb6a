import { decodeDown, PAGE_ENTRIES_MAX, roomApiPath, type LogEntry } from "@parley/protocol";
import { refusalIn, unlessLost } from "./answer.ts";

/** The log could not be read: the server is away, or refuses. */
export class LogUnread extends Error {
  override readonly name = "LogUnread";
  readonly isTemporary: boolean;

  constructor(message: string, isTemporary: boolean) {
    super(message);
    this.isTemporary = isTemporary;
  }
}

/**
 * Reads a room's log over HTTP, oldest first, without joining.
 * @param after the `seq` to start after
 * @throws LogUnread
 */
export async function* readLog(server: URL, room: string, after: number): AsyncGenerator<LogEntry> {
  let from = after;
  let epoch: string | undefined;
  for (let more = true; more;) {
    const path = roomApiPath(room, `/messages?after=${from}&limit=${PAGE_ENTRIES_MAX}`);
    const page = await pageAt(server, path);
    epoch ??= page.epoch;
    if (page.epoch !== epoch) throw new LogUnread("The log was replaced meanwhile.", true);
    for (const entry of page.entries) {
      from = entry.payload.seq;
      yield entry;
    }
    more = page.more && page.entries.length > 0;
  }
}

async function pageAt(server: URL, path: string) {
  const url = new URL(`.${path}`, server);
  const response = await unlessLost(fetch(url, { signal: AbortSignal.timeout(60_000) }));
  if (!response) throw new LogUnread(`${server.href} is away.`, true);
  if (!response.ok) {
    const { why, isTemporary } = await refusalIn(response, server);
    throw new LogUnread(why, isTemporary);
  }
  const text = await unlessLost(response.text());
  if (text === undefined) throw new LogUnread(`${server.href} broke off.`, true);
  const decoded = decodeDown(`{"type":"history","payload":${text}}`);
  if (!decoded.ok || decoded.frame.type !== "history") {
    throw new LogUnread(`${server.href} is no Parley, or a newer one.`, false);
  }
  return decoded.frame.payload;
}
