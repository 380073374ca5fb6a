import { unreachable } from "@parley/protocol";
import type { TrimmingReport } from "./sqlite-trimming.ts";
import type { Journal, StorageHealth, Troubled } from "./trouble.ts";

/** What a log tells its host. */
export type Report =
  /** Messages cannot be stored, for this reason, or can be again. */
  { readonly is: "storage"; readonly found: Troubled | undefined } | TrimmingReport;

const WHY = {
  age: "older than RETENTION_DAYS",
  number: "more of a room than HISTORY_LIMIT",
} as const;

/** Writes what a log tells into the log of the process. */
export function tellHost(journal: Journal, health: StorageHealth): (report: Report) => void {
  return (report) => {
    switch (report.is) {
      case "storage":
        return health.is(report.found);
      case "trimmed": {
        const { entries, rooms, why } = report;
        return journal.info({ entries, rooms, why }, `entries were deleted: ${WHY[why]}`);
      }
      case "clock": {
        const aheadSeconds = Math.round(report.aheadMs / 1_000);
        const text =
          aheadSeconds > 0
            ? "the clock is ahead of what is believed: nothing is deleted by age before it has gone on steadily"
            : "the clock is believed again";
        return journal.info({ aheadSeconds }, text);
      }
      default:
        return unreachable(report);
    }
  };
}
