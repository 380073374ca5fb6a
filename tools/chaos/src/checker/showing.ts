import { unreachable, type LogEntry } from "@parley/protocol";
import { nameOf } from "./content.ts";
import type { FinalLog, Shown, ObservedWindow } from "./observation.ts";
import type { Violation } from "./verdict.ts";

/** A range of the log, both ends included. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * What one client was shown of one log, from its first window to its last entry: each `seq` and
 * each `(member, id)` once, ascending, without an unexplained gap (rules B, C).
 */
export class Showing {
  readonly violations: Violation[] = [];
  readonly #client: string;
  readonly #log: FinalLog;
  #epoch: string | undefined;
  /** Where this client joined: nothing before is due to it. */
  #first = 1;
  #last = 0;
  #names = new Set<string>();
  #seqs = new Set<number>();
  /** The ranges that it was told are gone. */
  #excused: Stretch[] = [];

  constructor(client: string, log: FinalLog) {
    this.#client = client;
    this.#log = log;
  }

  /** The last `seq` that was shown; 0 if none was. */
  get last(): number {
    return this.#last;
  }

  get hasBegun(): boolean {
    return this.#epoch !== undefined;
  }

  /** Whether this entry was shown since the last reset. */
  has(entry: LogEntry): boolean {
    return this.#names.has(nameOf(entry));
  }

  /** Whether the client should have been shown this `seq` of the final log. */
  isOwed(seq: number): boolean {
    if (this.#epoch !== this.#log.epoch || seq < this.#first) return false;
    return !this.#excused.some(({ from, to }) => from <= seq && seq <= to);
  }

  take(moment: ObservedWindow | Shown): void {
    if (moment.is === "window") this.#open(moment);
    else if (moment.epoch !== this.#epoch) this.#find("hole", "another log without a reset");
    for (const entry of moment.entries) this.#show(entry);
  }

  #open(window: ObservedWindow): void {
    switch (window.why) {
      case "first":
        if (this.hasBegun) this.#find("hole", "a second first window");
        return this.#begin(window);
      case "reset":
        if (window.epoch === this.#epoch) this.#find("hole", "a reset, though the log is the same");
        return this.#begin(window);
      case "truncated":
        return this.#skip(window);
      default:
        return unreachable(window.why);
    }
  }

  #begin({ epoch, entries, truncatedBefore }: ObservedWindow): void {
    this.#epoch = epoch;
    this.#first = entries[0]?.payload.seq ?? truncatedBefore ?? 1;
    this.#last = this.#first - 1;
    this.#names = new Set();
    this.#seqs = new Set();
    this.#excused = [];
  }

  /** A range is reported as gone: exactly what the log no longer has, and all of it was missing. */
  #skip({ epoch, entries, truncatedBefore = 0 }: ObservedWindow): void {
    const next = entries[0]?.payload.seq ?? truncatedBefore;
    if (epoch !== this.#epoch) this.#find("hole", "a truncation of another log");
    if (truncatedBefore <= this.#last + 1) {
      this.#find("hole", `told of a truncation before ${truncatedBefore}, shown to ${this.#last}`);
    }
    if (truncatedBefore > this.#log.first) {
      this.#find("hole", `told of a truncation before ${truncatedBefore}, where there is more`);
    }
    this.#excused.push({ from: this.#last + 1, to: next - 1 });
    this.#last = next - 1;
  }

  #show(entry: LogEntry): void {
    const { seq } = entry.payload;
    const name = nameOf(entry);
    if (this.#seqs.has(seq)) this.#find("doubled", `seq ${seq}`);
    else if (this.#names.has(name)) this.#find("doubled", `entry ${name}, again at seq ${seq}`);
    else if (seq <= this.#last) this.#find("out-of-order", `seq ${seq} after ${this.#last}`);
    else if (seq > this.#last + 1) this.#find("hole", `seq ${seq} after ${this.#last}`);
    this.#seqs.add(seq);
    this.#names.add(name);
    this.#last = Math.max(this.#last, seq);
  }

  #find(kind: Violation["kind"], what: string): void {
    this.violations.push({ kind, what: `${this.#client}: ${what}` });
  }
}
