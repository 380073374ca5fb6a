import { unreachable } from "@parley/protocol";
import type { TrimmingReport } from "./sqlite-trimming.ts";
import type { Journal, StorageHealth, Troubled } from "./trouble.ts";

/** What a log tells its host. */
export type Report =
  /** Messages cannot be stored, for this reason, or can be again. */
  | { readonly is: "storage"; readonly found: Troubled | undefined }
  /** Entries are missing, `what` in words; all rooms have a new epoch. */
  | { readonly is: "lost"; readonly what: string }
  /** So many entries of a room are not as they were written; it has a new epoch. */
  | { readonly is: "damaged"; readonly entries: number }
  | TrimmingReport;

const WHY = {
  age: "older than RETENTION_DAYS",
  number: "more of a room than HISTORY_LIMIT",
} as const;

/**
 * Writes what a log tells into the log of the process.
 * @param onDamaged told how many entries turned out to be damaged
 */
export function tellHost(
  journal: Journal,
  health: StorageHealth,
  onDamaged: (entries: number) => void = () => {},
): (report: Report) => void {
  return (report) => {
    switch (report.is) {
      case "storage":
        return health.is(report.found);
      case "lost": {
        const { what } = report;
        return journal.error({ what }, "the log has lost entries: all rooms have a new epoch");
      }
      case "damaged": {
        const { entries } = report;
        onDamaged(entries);
        return journal.error({ entries }, "entries are damaged: their room has a new epoch");
      }
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
