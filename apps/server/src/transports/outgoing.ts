import type { CutOff } from "../delivery/connection.ts";
import type { Backlog, Backlogs } from "../limits/backlogs.ts";
import { STALLED_MS, UNREAD_BYTES_MAX } from "../limits/limits.ts";
import type { CancelTimer, Timers } from "../timing/timer-wheel.ts";

/** How often within {@link STALLED_MS} it is looked whether anything was read. */
const STALL_LOOKS = 5;

/** Where bytes are written: a socket, or the response to a request. */
export interface Sink {
  write(bytes: Buffer): unknown;
  /** What is written from now on waits, and leaves at once with `uncork`. */
  cork(): void;
  uncork(): void;
  /** Bytes that were written and wait. */
  readonly writableLength: number;
  readonly writableNeedDrain: boolean;
  /** Bytes that the socket below was given since it began. */
  readonly bytesWritten: number;
  once(event: "drain", listener: () => void): unknown;
}

/** What all connections of a server share. */
export interface OutgoingDeps {
  readonly timers: Timers;
  /** What waits for all connections of the server. */
  readonly backlogs: Backlogs;
}

/** Whose bytes are written. */
export interface Owner {
  /** The peer reads too little: closes the connection, or, for want of memory, cuts it. */
  cutOff(why: CutOff): void;
}

/**
 * What is written to one peer, over any transport. It has limits: how much may wait, for how long,
 * and how much on the whole server (SPEC, "Limits").
 */
export class Outgoing implements Backlog {
  readonly #sink: Sink;
  readonly #deps: OutgoingDeps;
  readonly #owner: Owner;
  #nextLook: CancelTimer | undefined;
  /** Made when first needed: most connections never wait. */
  #onDrained: (() => void)[] | undefined;

  constructor(sink: Sink, deps: OutgoingDeps, owner: Owner) {
    this.#sink = sink;
    this.#deps = deps;
    this.#owner = owner;
  }

  /** Bytes that were written and not read yet. */
  get unread(): number {
    return this.#sink.writableLength;
  }

  /** Writes bytes, unless too much waits already. */
  write(bytes: Buffer): void {
    // Judged before the write: one large page of history is not the reader's fault.
    if (this.unread > UNREAD_BYTES_MAX) return this.#owner.cutOff("unread");
    this.#sink.write(bytes);
    this.watch();
  }

  /** Writes parts one after another, so that they leave together. */
  writeAll(parts: readonly Buffer[]): void {
    const [first] = parts;
    if (first && parts.length === 1) return this.write(first);
    if (this.unread > UNREAD_BYTES_MAX) return this.#owner.cutOff("unread");
    this.#sink.cork();
    for (const part of parts) this.#sink.write(part);
    this.#sink.uncork();
    return this.watch();
  }

  /** Runs once when everything that was written was read. */
  whenDrained(run: () => void): void {
    if (!this.#sink.writableNeedDrain) {
      setImmediate(run);
      return;
    }
    if (this.#onDrained) return void this.#onDrained.push(run);
    this.#onDrained = [run];
    this.#sink.once("drain", () => {
      const drained = this.#onDrained ?? [];
      this.#onDrained = undefined;
      for (const each of drained) each();
    });
  }

  /** Something was written: what did not leave is counted, and may not stay. */
  watch(): void {
    if (this.unread === 0) return;
    this.#deps.backlogs.count(this);
    if (this.#sink.writableNeedDrain && !this.#nextLook) this.#look(0, this.#bytesLeft);
  }

  /** The server has no memory left for what waits here. */
  drop(): void {
    this.#owner.cutOff("memory");
  }

  /** The connection is over. */
  end(): void {
    this.#nextLook?.();
    this.#deps.backlogs.forget(this);
  }

  /** Looks now and then whether anything has left, and cuts off a reader who reads nothing. */
  #look(idle: number, bytesLeft: number): void {
    if (idle === STALL_LOOKS) return this.#owner.cutOff("stalled");
    this.#nextLook = this.#deps.timers.after(STALLED_MS / STALL_LOOKS, () => {
      this.#nextLook = undefined;
      if (!this.#sink.writableNeedDrain) return;
      this.#look(this.#bytesLeft === bytesLeft ? idle + 1 : 0, this.#bytesLeft);
    });
  }

  /** Bytes that the system has taken since the connection began. */
  get #bytesLeft(): number {
    return this.#sink.bytesWritten - this.#sink.writableLength;
  }
}
