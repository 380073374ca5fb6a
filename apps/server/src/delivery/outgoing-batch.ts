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
  #firstOrder = Infinity;
  #lastOrder = 0;
  /** Infinity if there is no entry. */
  #firstSeq = Infinity;
  #lastSeq = 0;
  #entries = 0;
  /** Who is left out of some of it. */
  #excepted: Set<string> | undefined;

  constructor(frames: readonly OutgoingFrame[]) {
    this.#frames = frames;
    this.#all = new EncodedFrames(frames.map(({ text }) => text));
    for (const frame of frames) {
      if (frame.is === "entry") {
        this.#entries += 1;
        this.#firstSeq = Math.min(this.#firstSeq, frame.seq);
        this.#lastSeq = frame.seq;
      } else {
        this.#firstOrder = Math.min(this.#firstOrder, frame.order);
        this.#lastOrder = frame.order;
        if (frame.exceptMember === undefined) continue;
        this.#excepted ??= new Set();
        this.#excepted.add(frame.exceptMember);
      }
    }
  }

  /** The last `seq` in it, or 0. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** The last `order` in it, or 0. */
  get lastOrder(): number {
    return this.#lastOrder;
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
    if (this.#excepted?.has(memberId)) return false;
    return pace === "live" && knownOrder < this.#firstOrder && sentUpTo < this.#firstSeq;
  }
}
