import { setTimeout } from "node:timers/promises";
import type { RoomLog } from "./log.ts";

export interface InstrumentedLog {
  readonly log: RoomLog;
  /** Waits until no append is under way, or for `ms` at the most. */
  drained(ms: number): Promise<void>;
}

/**
 * Watches a log's appends: how long each took, and whether any is under way.
 * @param onAppended told of the seconds that each took
 */
export function instrumentLog(
  log: RoomLog,
  onAppended: (seconds: number) => void,
): InstrumentedLog {
  let underWay = 0;
  let onDrained = () => {};
  return {
    log: {
      read: log.read.bind(log),
      find: log.find.bind(log),
      follow: log.follow.bind(log),
      append(roomId, draft) {
        const start = performance.now();
        underWay += 1;
        const appended = log.append(roomId, draft);
        const ended = () => {
          onAppended((performance.now() - start) / 1_000);
          underWay -= 1;
          if (underWay === 0) onDrained();
        };
        appended.then(ended, ended);
        return appended;
      },
    },
    async drained(ms) {
      if (underWay === 0) return;
      const drained = new Promise<void>((resolve) => {
        // The caller of the append is told first.
        onDrained = () => setImmediate(resolve);
      });
      await Promise.race([drained, setTimeout(ms, undefined, { ref: false })]);
    },
  };
}
