import {
  encode,
  PAGE_ENTRIES_MAX,
  type DownFrame,
  type EntryFrame,
  type Member,
} from "@parley/protocol";
import { EncodedFrames } from "./encoded-frames.ts";
import { OutgoingBatch, type OutgoingFrame } from "./outgoing-batch.ts";
import { BACKLOG_BYTES_MAX, CATCH_UP_RETRY_MS } from "../limits/limits.ts";
import { LogUnavailable } from "../log/log.ts";
import type { Connection } from "./connection.ts";
import { firstThatFit } from "./page-size.ts";
import { machineClock, type FlushClock } from "../timing/flush-clock.ts";
import { Subscriber } from "./subscriber.ts";
import type { Timers } from "../timing/timer-wheel.ts";

/** The longest wait for more frames in rooms of up to two thousand, in ms: a frame of a screen. */
const WINDOW_MAX_MS = 20;
/** How the window grows with the room, in ms a subscriber: about 25 times what a write costs. */
const WINDOW_MS_EACH = 0.2;
/** In a room so large that its writes fill the window: twice what a write costs, in ms. */
const WINDOW_MS_EACH_LARGE = 0.01;

/** The longest wait for more signals: who comes, goes or types is no matter of milliseconds. */
const SIGNAL_WINDOW_MAX_MS = 500;
/**
 * How the window of signals grows, in ms a pair of members: if all join at once, each is told of
 * each.
 */
const SIGNAL_WINDOW_MS_A_PAIR = 0.05;
/** In a large room, where these writes are to take a fiftieth of the time, in ms a member. */
const SIGNAL_WINDOW_MS_EACH_LARGE = 0.2;

/**
 * How many sockets are written to in one turn of the event loop. That takes a few ms; a whole large
 * room would hold up every other one.
 */
export const WRITES_A_TURN = 256;
/** The same if no entry waits: a member who joins meanwhile needs several turns to be answered. */
export const SIGNALS_A_TURN = 64;

const isEntry = ({ is }: OutgoingFrame) => is === "entry";

/** A batch that is being written, and the sockets that do not have it yet. */
interface Writing {
  readonly frames: readonly OutgoingFrame[];
  readonly batch: OutgoingBatch;
  readonly subscribers: readonly Subscriber[];
  /** The index of the next one of them. */
  next: number;
  /** Takes back the next turn. */
  cancel: () => void;
}

export interface FanOutDeps {
  readonly timers: Timers;
  /** The clock of windows; the machine's unless another is given. */
  readonly flushClock?: FlushClock;
  /** The entries after a `seq`, oldest first, at most `limit`. May throw LogUnavailable. */
  readAfter(seq: number, limit: number): Promise<readonly EntryFrame[]>;
  /** Called with the number of entries written, one for each socket. */
  onDelivered(entries: number): void;
  /** Reports a bug: the log is not read for this slow reader any more. */
  onFailure(subscriber: Subscriber, error: unknown): void;
}

/**
 * A room's way to its sockets. An entry is encoded once, and everybody gets the same bytes. A
 * quiet room writes at the end of the turn; a busy one gathers frames for a window and writes
 * them as one, still a frame each. A slow reader is left behind and catches up from the log.
 */
export class FanOut {
  readonly #deps: FanOutDeps;
  readonly #clock: FlushClock;
  readonly #subscribers = new Set<Subscriber>();
  #pending: OutgoingFrame[] = [];
  /** How many signals came. */
  #order = 0;
  /** The last `seq` that came. */
  #last = 0;
  /** Generation of the log, incremented on reset, so that late reads of an older one are dropped. */
  #generation = 0;
  #flow: "live" | "held" = "live";
  /** Reads of the log that wait until the flow resumes. */
  #onResumed: (() => void)[] = [];
  #flushedAt = -Infinity;
  #flush: { readonly at: number; readonly cancel: () => void } | undefined;
  #writing: Writing | undefined;

  constructor(deps: FanOutDeps) {
    this.#deps = deps;
    this.#clock = deps.flushClock ?? machineClock;
  }

  /** Generation of the log that is sent: another number after a reset. */
  get generation(): number {
    return this.#generation;
  }

  /**
   * @param sentUpTo the `seq` up to which this socket knows the log, or will fetch it by itself
   * @param head the last `seq` that the log had when the socket was shown it
   */
  add(connection: Connection, memberId: string, sentUpTo: number, head = sentUpTo): Subscriber {
    this.#last = Math.max(this.#last, head);
    const subscriber = new Subscriber(connection, memberId, sentUpTo, this.#order);
    this.#subscribers.add(subscriber);
    if (connection.unread > BACKLOG_BYTES_MAX) this.#leaveBehind(subscriber);
    else if (sentUpTo < this.#last) this.#catchUp(subscriber);
    return subscriber;
  }

  has(subscriber: Subscriber): boolean {
    return this.#subscribers.has(subscriber);
  }

  remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    subscriber.isHere = false;
    subscriber.release();
  }

  /** Takes the next entry of the log. */
  entry(entry: EntryFrame): void {
    const { seq } = entry.payload;
    this.#last = seq;
    if (this.#subscribers.size === 0) return;
    this.#gather({ is: "entry", seq, text: encode(entry) });
  }

  /**
   * Takes a frame that is in no log, and stands after the entries that came before it.
   * @param exceptMember leaves out all sockets of this member
   * @param toAll false leaves out those who are behind: it will mean nothing to them
   */
  signal(frame: DownFrame, exceptMember: string | undefined, toAll: boolean): void {
    this.#order += 1;
    if (this.#subscribers.size === 0) return;
    this.#gather({ is: "signal", order: this.#order, text: encode(frame), exceptMember, toAll });
  }

  /** Sends members a signal of their own each, to all of their sockets. It looks at every socket. */
  signalOwn(members: ReadonlyMap<string, Member>, frameOf: (member: Member) => DownFrame): void {
    for (const { memberId, connection } of this.#subscribers) {
      const member = members.get(memberId);
      if (member) connection.send(encode(frameOf(member)));
    }
  }

  /**
   * Writes the pending entries to all sockets now. If only signals are pending, they wait for their
   * window.
   */
  flush(): void {
    if (this.#flow === "held") return;
    if (this.#writing?.batch.hasEntries) this.#writeRest();
    if (!this.#pending.some(isEntry)) return;
    this.#writePending();
    this.#writeRest();
  }

  /**
   * Writes the pending entries to one socket now, so that what it is sent next comes after them. The
   * others get them with their window: else each member who leaves would cause a write to all.
   */
  flushTo(subscriber: Subscriber): void {
    if (this.#flow === "held" || !this.#subscribers.has(subscriber)) return;
    const frames = [...(this.#writing?.frames ?? []), ...this.#pending];
    if (!frames.some(isEntry)) return;
    const written = this.#writeTo(subscriber, new OutgoingBatch(frames));
    if (written > 0) this.#deps.onDelivered(written);
  }

  /**
   * Waits until this socket was sent the log up to a `seq`, so that an answer can stand after it.
   * It is over, too, if the socket goes, or the log turns out to be another one.
   */
  async sent(subscriber: Subscriber, seq: number): Promise<void> {
    this.flushTo(subscriber);
    if (!this.#subscribers.has(subscriber)) return;
    if (this.#flow === "live" && subscriber.sentUpTo >= seq) return;
    await subscriber.reached(seq);
  }

  /**
   * From now on entries are another log's (SPEC O3): they wait until everybody was told so.
   * @returns those who know the log that was
   */
  pause(): readonly Subscriber[] {
    this.flush();
    this.#writeRest();
    this.#cancelFlush();
    this.#pending = [];
    this.#last = 0;
    this.#generation += 1;
    this.#flow = "held";
    // An entry of the former log will not come: answers that wait for one are released.
    for (const subscriber of this.#subscribers) subscriber.release();
    return [...this.#subscribers];
  }

  /** Goes on; those who knew the former log were told this one up to `head`, and who is here. */
  resume(told: readonly Subscriber[], head: number): void {
    for (const subscriber of told) subscriber.startAt(head, this.#order);
    this.#last = Math.max(this.#last, head);
    this.#flow = "live";
    if (this.#pending.length > 0) this.#writePending();
    this.#writeRest();
    for (const subscriber of this.#subscribers) subscriber.release(subscriber.sentUpTo);
    for (const go of this.#onResumed.splice(0)) go();
  }

  #gather(frame: OutgoingFrame): void {
    this.#pending.push(frame);
    if (this.#flow === "held") return;
    const { size } = this.#subscribers;
    const window =
      frame.is === "entry"
        ? Math.max(Math.min(WINDOW_MAX_MS, size * WINDOW_MS_EACH), size * WINDOW_MS_EACH_LARGE)
        : Math.max(
            Math.min(SIGNAL_WINDOW_MAX_MS, size * size * SIGNAL_WINDOW_MS_A_PAIR),
            size * SIGNAL_WINDOW_MS_EACH_LARGE,
          );
    this.#flushBy(this.#flushedAt + window);
  }

  /**
   * Schedules a write of what is pending at this moment, in ms, but not before the end of this
   * turn.
   */
  #flushBy(at: number): void {
    if (this.#flush && this.#flush.at <= at) return;
    this.#flush?.cancel();
    const cancel = this.#clock.schedule(at - this.#clock.now(), () => this.#writeDue());
    this.#flush = { at, cancel };
  }

  #cancelFlush(): void {
    this.#flush?.cancel();
    this.#flush = undefined;
  }

  /** Writes what is pending; not before the batch that is being written, so perhaps in a later turn. */
  #writeDue(): void {
    this.#flush = undefined;
    if (this.#writing) this.#flushBy(this.#clock.now());
    else this.#writePending();
  }

  #writePending(): void {
    this.#cancelFlush();
    this.#writeRest();
    const frames = this.#pending;
    this.#pending = [];
    this.#flushedAt = this.#clock.now();
    // A subscriber that is added from now on knows these frames, or reads them from the log.
    const subscribers = [...this.#subscribers];
    const batch = new OutgoingBatch(frames);
    this.#writing = { frames, batch, subscribers, next: 0, cancel: nothing };
    this.#writeTurn();
  }

  /** Writes as much as one turn may, and the rest in the next ones. */
  #writeTurn(): void {
    const isUrgent = this.#writing?.batch.hasEntries === true || this.#pending.some(isEntry);
    this.#writeOn(isUrgent ? WRITES_A_TURN : SIGNALS_A_TURN);
  }

  /** Writes the batch that is being written to all sockets that do not have it yet. */
  #writeRest(): void {
    this.#writing?.cancel();
    this.#writeOn(Infinity);
  }

  /** Writes the batch to at most this many sockets, and to the others in the next turns. */
  #writeOn(socketsMax: number): void {
    const writing = this.#writing;
    if (!writing) return;
    const { batch, subscribers } = writing;
    const end = Math.min(subscribers.length, writing.next + socketsMax);
    let written = 0;
    while (writing.next < end) {
      const subscriber = subscribers[writing.next];
      // Before the write: what it causes may write the rest.
      writing.next += 1;
      if (subscriber?.isHere) written += this.#writeTo(subscriber, batch);
    }
    if (written > 0) this.#deps.onDelivered(written);
    if (this.#writing !== writing) return;
    if (end === subscribers.length) this.#writing = undefined;
    else writing.cancel = this.#clock.schedule(0, () => this.#writeTurn());
  }

  #writeTo(subscriber: Subscriber, batch: OutgoingBatch): number {
    const written = batch.writeTo(subscriber);
    subscriber.learn(batch.lastOrder);
    if (subscriber.pace === "behind") return written;
    subscriber.advance(batch.lastSeq);
    if (subscriber.connection.unread > BACKLOG_BYTES_MAX) this.#leaveBehind(subscriber);
    return written;
  }

  /** Writes no more entries to a slow reader until it has read. */
  #leaveBehind(subscriber: Subscriber): void {
    subscriber.pace = "behind";
    subscriber.connection.whenDrained(() => this.#catchUp(subscriber));
  }

  #catchUp(subscriber: Subscriber): void {
    subscriber.pace = "behind";
    this.#readOn(subscriber).catch((error: unknown) => {
      if (!(error instanceof LogUnavailable)) return this.#deps.onFailure(subscriber, error);
      this.#deps.timers.after(CATCH_UP_RETRY_MS, () => this.#catchUp(subscriber));
    });
  }

  async #readOn(subscriber: Subscriber): Promise<void> {
    const { connection } = subscriber;
    while (this.#subscribers.has(subscriber)) {
      if (this.#flow === "held") {
        await this.#resumed();
        continue;
      }
      const generation = this.#generation;
      const last = this.#last;
      const page = await this.#deps.readAfter(subscriber.sentUpTo, PAGE_ENTRIES_MAX);
      // A reset, or a move to another room, makes this page out of date: it is not sent.
      if (generation !== this.#generation || !this.#subscribers.has(subscriber)) continue;
      const entries = firstThatFit(page);
      const newest = entries.at(-1)?.payload.seq;
      if (newest !== undefined) {
        connection.send(new EncodedFrames(entries.map(encode)));
        this.#deps.onDelivered(entries.length);
      }
      // An empty page says that nothing up to `last` is left to send: the subscriber has it, or it
      // was trimmed, and the client finds the gap. Entries that came during the read are on the
      // next page.
      subscriber.advance(newest ?? last);
      if (connection.unread > BACKLOG_BYTES_MAX) return this.#leaveBehind(subscriber);
      if (subscriber.sentUpTo >= this.#last) {
        subscriber.pace = "live";
        return undefined;
      }
    }
    return undefined;
  }

  /** Waits until the flow resumes: until then, reads give a log that nobody was told of. */
  async #resumed(): Promise<void> {
    await new Promise<void>((go) => {
      this.#onResumed.push(go);
    });
  }
}

function nothing(): void {}
