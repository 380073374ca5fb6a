import { ENTRIES_READ_AT_ONCE } from "../limits/limits.ts";
import type { Page, Range, RoomLog } from "./log.ts";

/** The reads of one reader. */
interface Line {
  /** Entries that are read for it now. */
  entries: number;
  readonly waiting: Waiting[];
}

interface Waiting {
  readonly entries: number;
  start(): Promise<void>;
}

/**
 * Limits how many entries of a log are read at the same time. Other reads wait in line, one line
 * for each reader: a page is megabytes before it is cut to size, and thousands of members may ask
 * for one at once. The next read is for a reader that has no read under way; of several, for the
 * one that had its turn the longest ago. So a reader that asks for much waits longer, and others do
 * not.
 * @param nameOf names the reader of an address
 */
export function pacedReads(log: RoomLog, nameOf = (address: string) => address): RoomLog {
  let entries = 0;
  /** The one whose turn is longest ago comes first. */
  const lines = new Map<string, Line>();

  function next(): void {
    while (entries < ENTRIES_READ_AT_ONCE) {
      const turn = nextOf(lines);
      if (!turn) return;
      const [name, line] = turn;
      lines.delete(name);
      lines.set(name, line);
      const read = line.waiting.shift();
      if (read) void perform(name, line, read);
    }
  }

  async function perform(name: string, line: Line, read: Waiting): Promise<void> {
    entries += read.entries;
    line.entries += read.entries;
    await read.start();
    entries -= read.entries;
    line.entries -= read.entries;
    if (line.entries === 0 && line.waiting.length === 0) lines.delete(name);
    next();
  }

  function read(roomId: string, range: Range, address?: string): Promise<Page> {
    // Reads that no request asked for, for example for a slow reader, count for the room.
    const name = address === undefined ? `room ${roomId}` : `address ${nameOf(address)}`;
    const line = lines.get(name) ?? { entries: 0, waiting: [] };
    lines.set(name, line);
    return new Promise((resolve, reject) => {
      line.waiting.push({
        entries: range.limit,
        start: () => log.read(roomId, range).then(resolve, reject),
      });
      next();
    });
  }

  return {
    read,
    append: log.append.bind(log),
    find: log.find.bind(log),
    follow: log.follow.bind(log),
  };
}

/** Few readers have a read under way, so this loop is short. */
function nextOf(lines: ReadonlyMap<string, Line>): [string, Line] | undefined {
  let first: [string, Line] | undefined;
  for (const turn of lines) {
    const [, { entries, waiting }] = turn;
    if (waiting.length === 0) continue;
    if (entries === 0) return turn;
    first ??= turn;
  }
  return first;
}
