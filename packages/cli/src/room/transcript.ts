import type { RoomEvent } from "@parley/client";
import type { LogEntry } from "@parley/protocol";

/** An event with entries. */
export type EntriesEvent = Extract<RoomEvent, { type: "window" | "entries" }>;

/** Up to where the log was shown, so that each entry is shown once. */
export class Transcript {
  #shown: number;

  /** @param since the `seq` to start after */
  constructor(since = 0) {
    this.#shown = since;
  }

  /** The `seq` of the last entry that was shown. */
  get shown(): number {
    return this.#shown;
  }

  /**
   * The notice before the entries of an event, if one is needed. A log that was replaced starts
   * again.
   */
  noticeOf(event: EntriesEvent): string | undefined {
    if (event.type === "entries" || event.why === "first") return undefined;
    if (event.why === "truncated") return "Some of what came meanwhile is no longer kept.";
    this.#shown = 0;
    return "The log was replaced; this is the other one.";
  }

  /** The entries that were not shown yet; they count as shown from now on. */
  fresh(entries: readonly LogEntry[]): readonly LogEntry[] {
    const fresh = entries.filter(({ payload }) => payload.seq > this.#shown);
    this.#shown = fresh.at(-1)?.payload.seq ?? this.#shown;
    return fresh;
  }
}
