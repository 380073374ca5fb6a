import { EncodedFrames } from "./encoded-frames.ts";
import type { Subscriber } from "./subscriber.ts";

/** A frame on its way to a room's sockets. */
export type OutgoingFrame = { readonly text: string } & (
  | { readonly is: "entry"; readonly seq: number }
  | {
      readonly is: "signal";
      /** Counts the signals of the room: a socket that was added later knows it. */
      readonly order: number;
      /** Leaves out all sockets of this member. */
      readonly exceptMember: string | undefined;
      /** False leaves out those who are behind: it will mean nothing to them. */
      readonly toAll: boolean;
    }
);

/** Whether a socket gets a frame: it joined before it, and does not know it yet (SPEC R3). */
function isFor(subscriber: Subscriber, frame: OutgoingFrame): boolean {
  const { pace, sentUpTo, knownOrder, memberId } = subscriber;
  if (frame.is === "entry") return pace === "live" && frame.seq > sentUpTo;
  if (frame.order <= knownOrder || frame.exceptMember === memberId) return false;
  return frame.toAll || pace === "live";
}

/** Frames to write together, with the facts that tell quickly which sockets get all of them. */
export class OutgoingBatch {
  readonly #frames: readonly OutgoingFrame[];
  /** All of them; what a socket is to get is a part of them. */
  readonly #all: EncodedFrames;
  /** A subscriber with a smaller `order` knows none of its signals; Infinity if it has none. */
  readonly #firstOrder: number;
  /** Infinity if there is no entry. */
  readonly #firstSeq: number;
  /** Who is left out of some of it. */
  readonly #excepted = new Set<string>();
  readonly #entries: number;
  /** The last `seq` in it, or 0. */
  readonly lastSeq: number;
  /** The last `order` in it, or 0. */
  readonly lastOrder: number;

  constructor(frames: readonly OutgoingFrame[]) {
    const entries = frames.filter((each) => each.is === "entry");
    const signals = frames.filter((each) => each.is === "signal");
    this.#frames = frames;
    this.#all = new EncodedFrames(frames.map(({ text }) => text));
    for (const { exceptMember } of signals) {
      if (exceptMember !== undefined) this.#excepted.add(exceptMember);
    }
    this.#firstOrder = signals[0]?.order ?? Infinity;
    this.#firstSeq = entries[0]?.seq ?? Infinity;
    this.#entries = entries.length;
    this.lastSeq = entries.at(-1)?.seq ?? 0;
    this.lastOrder = signals.at(-1)?.order ?? 0;
  }

  get hasEntries(): boolean {
    return this.#entries > 0;
  }

  /**
   * Writes to a socket what it is to get.
   * @returns how many entries that were
   */
  writeTo(subscriber: Subscriber): number {
    if (this.#isAllFor(subscriber)) {
      if (this.#frames.length > 0) subscriber.connection.send(this.#all);
      return this.#entries;
    }
    const kept: number[] = [];
    let entries = 0;
    for (const [index, frame] of this.#frames.entries()) {
      if (!isFor(subscriber, frame)) continue;
      kept.push(index);
      if (frame.is === "entry") entries += 1;
    }
    if (kept.length > 0) subscriber.connection.send(this.#all.select(kept));
    return entries;
  }

  #isAllFor({ pace, knownOrder, sentUpTo, memberId }: Subscriber): boolean {
    if (this.#excepted.size > 0 && this.#excepted.has(memberId)) return false;
    return pace === "live" && knownOrder < this.#firstOrder && sentUpTo < this.#firstSeq;
  }
}
