import { setTimeout } from "node:timers/promises";
import type { RoomLog } from "./log.ts";

export interface WatchedLog {
  readonly log: RoomLog;
  /** Waits until no append is under way, or for `ms` at the most. */
  settled(ms: number): Promise<void>;
}

/**
 * Watches a log's appends: how long each took, and whether any is under way.
 * @param onAppended told of the seconds that each took
 */
export function watchedLog(log: RoomLog, onAppended: (seconds: number) => void): WatchedLog {
  const underWay = new Set<Promise<unknown>>();
  return {
    log: {
      read: log.read.bind(log),
      find: log.find.bind(log),
      follow: log.follow.bind(log),
      append(roomId, draft) {
        const start = performance.now();
        const appending = log.append(roomId, draft).finally(() => {
          underWay.delete(appending);
          onAppended((performance.now() - start) / 1_000);
        });
        underWay.add(appending);
        return appending;
      },
    },
    async settled(ms) {
      const timedOut = setTimeout(ms, undefined, { ref: false });
      await Promise.race([Promise.allSettled(underWay), timedOut]);
    },
  };
}
