import type { LogEntry } from "@parley/protocol";
import type { RoomEvent } from "../events.ts";

/** Watches what one client shows, and throws if a promise of SPEC.md is broken. */
export class PromiseWatcher {
  /** The entries that are shown. */
  shown: LogEntry[] = [];
  /** Why the log started again, each time. */
  readonly windows: string[] = [];
  /** The number of pending messages. */
  pending = 0;

  /** Takes an event; to be subscribed. */
  readonly see = (event: RoomEvent): void => {
    if (event.type === "window") {
      this.windows.push(event.why);
      this.shown = [];
      this.#show(event.entries);
    } else if (event.type === "entries") {
      this.#show(event.entries);
    } else if (event.type === "pending") {
      this.pending = event.pending.length;
    }
  };

  get last(): number {
    return this.shown.at(-1)?.payload.seq ?? 0;
  }

  #show(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      const { seq } = entry.payload;
      const isNext = this.shown.length === 0 || seq === this.last + 1;
      if (!isNext) throw new Error(`${seq} was shown after ${this.last}.`);
      this.shown.push(entry);
    }
  }
}
