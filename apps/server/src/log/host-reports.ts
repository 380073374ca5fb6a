import { unreachable } from "@parley/protocol";
import type { ClockReport } from "./retention.ts";
import {
  StorageHealth,
  type Journal,
  type StorageTrouble,
  type Troubled,
} from "./storage-health.ts";

/** How much of what may be stored is used; each step refuses more than the one before. */
export type Fill =
  | "free"
  /** The host is warned. */
  | "nearly full"
  /** Rooms that have no entry yet get none. */
  | "closed to new rooms"
  /** Nothing is added. */
  | "full";

/** How much is stored, and may be; Infinity: as much as there is room for. */
export interface StoredSize {
  readonly bytes: number;
  readonly maxBytes: number;
}

/** What the host is told of the cap. */
export interface SizeReport extends StoredSize {
  readonly is: "size";
  readonly fill: Fill;
}

/** What the host is told of trimming. */
export type TrimmingReport =
  /** So many entries are gone, and why. */
  | {
      readonly is: "trimmed";
      readonly why: "age" | "number";
      readonly entries: number;
      readonly rooms: number;
    }
  | ClockReport;

/** What a log tells its host. */
export type Report =
  /** Messages cannot be stored, for this reason, or can be again. */
  | { readonly is: "storage"; readonly found: Troubled | undefined }
  /** Entries are missing, `what` in words; all rooms have a new epoch. */
  | { readonly is: "lost"; readonly what: string }
  /** All rooms have a new epoch, and why: what is there was put back, or is a copy. */
  | { readonly is: "renewed"; readonly why: string }
  /** So many entries of a room are not as they were written; it has a new epoch. */
  | { readonly is: "damaged"; readonly entries: number }
  /** The index of ids did not lead to all entries, and was made again. */
  | { readonly is: "reindexed" }
  | TrimmingReport
  | SizeReport;

const WHY = {
  age: "older than RETENTION_DAYS",
  number: "more of a room than HISTORY_LIMIT",
} as const;

const FILLED: Record<Exclude<Fill, "free" | "full">, string> = {
  "nearly full": "more than 90 % of DATA_GB are used",
  "closed to new rooms": "more than 95 % of DATA_GB are used: new rooms are refused",
};

/** What a log has told its host, kept. */
export class HostReports {
  readonly #journal: Journal;
  /** What the disk does not do, and what the cap does not allow. */
  readonly #disk: StorageHealth;
  readonly #cap: StorageHealth;
  #size: SizeReport | undefined;
  #damagedEntries = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
    this.#disk = new StorageHealth(journal);
    this.#cap = new StorageHealth(journal);
  }

  /** What keeps messages from being stored now. */
  get trouble(): StorageTrouble | undefined {
    return this.#disk.trouble ?? this.#cap.trouble;
  }

  /** How much is stored, and may be, in bytes. */
  get size(): StoredSize | undefined {
    return this.#size;
  }

  /** How many damaged entries were found since the start. */
  get damagedEntries(): number {
    return this.#damagedEntries;
  }

  /** Takes what a log tells, and writes into the log of the process what the host should read. */
  take(report: Report): void {
    switch (report.is) {
      case "storage":
        return this.#disk.is(report.found);
      case "size":
        return this.#takeSize(report);
      case "lost": {
        const { what } = report;
        return this.#journal.error({ what }, "the log lost entries: all rooms have a new epoch");
      }
      case "renewed": {
        const { why } = report;
        return this.#journal.info({ why }, "all rooms have a new epoch: clients read them again");
      }
      case "damaged": {
        const { entries } = report;
        this.#damagedEntries += entries;
        return this.#journal.error({ entries }, "entries are damaged: their room has a new epoch");
      }
      case "reindexed":
        return this.#journal.error({}, "the index of ids was damaged, and was made again");
      case "trimmed": {
        const { entries, rooms, why } = report;
        return this.#journal.info({ entries, rooms, why }, `entries were deleted: ${WHY[why]}`);
      }
      case "clock":
        return this.#takeClock(report.aheadMs);
      default:
        return unreachable(report);
    }
  }

  #takeSize(report: SizeReport): void {
    const before = this.#size?.fill ?? "free";
    this.#size = report;
    const { fill, bytes, maxBytes } = report;
    if (fill === before) return;
    const why = `${bytes} of ${maxBytes} bytes`;
    if (fill === "full") return this.#cap.is({ trouble: "storage_full", why });
    this.#cap.is(undefined);
    if (fill === "free") this.#journal.info({ bytes, maxBytes }, "DATA_GB has room again");
    else this.#journal.warn({ bytes, maxBytes }, FILLED[fill]);
  }

  #takeClock(aheadMs: number): void {
    const aheadSeconds = Math.round(aheadMs / 1_000);
    const text =
      aheadSeconds > 0
        ? "the clock is ahead of what is believed: nothing is deleted by age before it has gone on steadily"
        : "the clock is believed again";
    this.#journal.info({ aheadSeconds }, text);
  }
}
