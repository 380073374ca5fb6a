import { ENTRIES_READ_AT_ONCE } from "../limits.ts";
import type { Page, Range, RoomLog } from "./log.ts";

/**
 * Lets only so many entries of a log be read at the same time; other reads wait in line. A page
 * is megabytes before it is cut to size, and thousands of people may ask for one at once.
 */
export function pacedReads(log: RoomLog): RoomLog {
  let entries = 0;
  const line: (() => void)[] = [];

  function next(): void {
    while (entries < ENTRIES_READ_AT_ONCE) {
      const start = line.shift();
      if (!start) return;
      start();
    }
  }

  function read(roomId: string, range: Range): Promise<Page> {
    return new Promise((resolve, reject) => {
      line.push(() => {
        entries += range.limit;
        log
          .read(roomId, range)
          .then(resolve, reject)
          .finally(() => {
            entries -= range.limit;
            next();
          });
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
