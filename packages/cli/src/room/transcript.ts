import type { RoomEvent } from "@parley/client";
import type { LogEntry } from "@parley/protocol";

/** An event that brings entries. */
export type EntriesEvent = Extract<RoomEvent, { type: "window" | "entries" }>;

/** How far the log was shown: each entry is shown once. */
export class Transcript {
  #shown: number;

  /** @param since the `seq` that it starts after */
  constructor(since = 0) {
    this.#shown = since;
  }

  /** The `seq` of the last entry that was shown. */
  get shown(): number {
    return this.#shown;
  }

  /** What has to be said before the entries of an event; a log that was replaced starts again. */
  noticeOf(event: EntriesEvent): string | undefined {
    if (event.type === "entries" || event.why === "first") return undefined;
    if (event.why === "truncated") return "Some of what came meanwhile is no longer kept.";
    this.#shown = 0;
    return "The log was replaced; this is the other one.";
  }

  /** Those that were not shown yet; now they are. */
  fresh(entries: readonly LogEntry[]): readonly LogEntry[] {
    const fresh = entries.filter(({ payload }) => payload.seq > this.#shown);
    this.#shown = fresh.at(-1)?.payload.seq ?? this.#shown;
    return fresh;
  }
}
