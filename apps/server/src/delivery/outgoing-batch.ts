import { EncodedFrames } from "./encoded-frames.ts";
import type { Subscriber } from "./subscriber.ts";

/** Who is sent a signal: the sockets that know the signals up to an order in this span. */
export interface Audience {
  readonly from: number;
  /** A subscriber that knows this one, or more, is sent nothing. */
  readonly below: number;
}

/** A frame on its way to a room's sockets. */
export type OutgoingFrame = { readonly text: string } & (
  | { readonly is: "entry"; readonly seq: number }
  | {
      readonly is: "signal";
      /** Leaves out all sockets of this member. */
      readonly exceptMember: string | undefined;
      /** False leaves out those who are behind: it will mean nothing to them. */
      readonly toAll: boolean;
      readonly audience: Audience;
    }
);

/** Whether a socket is to get a frame: it was there in time, and does not know it yet (SPEC R3). */
function isFor(subscriber: Subscriber, frame: OutgoingFrame): boolean {
  const { pace, sentUpTo, knownOrder, memberId } = subscriber;
  if (frame.is === "entry") return pace === "live" && frame.seq > sentUpTo;
  const { from, below } = frame.audience;
  if (knownOrder < from || knownOrder >= below || frame.exceptMember === memberId) return false;
  return frame.toAll || pace === "live";
}

/** Frames to write at once, with what tells quickly which sockets get all of them. */
export class OutgoingBatch {
  readonly #frames: readonly OutgoingFrame[];
  /** What those are to get who knew none of it. */
  readonly #all: EncodedFrames;
  /** A subscriber that knows less than this knew none of it. */
  readonly #firstOrder: number;
  /** Infinity where there is no entry. */
  readonly #firstSeq: number;
  /** Who is left out of some of it: the indexes of those among all. */
  readonly #excepted = new Map<string, number[]>();
  readonly entries: number;
  /** The last `seq` in it, or 0. */
  readonly lastSeq: number;

  constructor(frames: readonly OutgoingFrame[]) {
    const entries = frames.filter((each) => each.is === "entry");
    this.#frames = frames;
    const all = frames.filter((each) => each.is === "entry" || each.audience.from === 0);
    this.#all = joined(all);
    this.#firstOrder = Infinity;
    for (const each of frames) {
      if (each.is === "entry") continue;
      const { from, below } = each.audience;
      this.#firstOrder = Math.min(this.#firstOrder, from === 0 ? below : from);
    }
    this.#firstSeq = entries[0]?.seq ?? Infinity;
    for (const [index, each] of all.entries()) {
      if (each.is === "entry" || each.exceptMember === undefined) continue;
      const indexes = this.#excepted.get(each.exceptMember);
      if (indexes) indexes.push(index);
      else this.#excepted.set(each.exceptMember, [index]);
    }
    this.entries = entries.length;
    this.lastSeq = entries.at(-1)?.seq ?? 0;
  }

  /**
   * Writes to a socket what it is to get.
   * @returns how many entries that were
   */
  writeTo(subscriber: Subscriber): number {
    if (this.#knewNothing(subscriber)) {
      const gone = this.#excepted.get(subscriber.memberId);
      const frames = gone ? this.#all.without(gone) : this.#all;
      if (frames.texts.length > 0) subscriber.connection.send(frames);
      return this.entries;
    }
    const rest = this.#frames.filter((each) => isFor(subscriber, each));
    if (rest.length > 0) subscriber.connection.send(joined(rest));
    return rest.filter((each) => each.is === "entry").length;
  }

  #knewNothing({ pace, knownOrder, sentUpTo }: Subscriber): boolean {
    return pace === "live" && knownOrder < this.#firstOrder && sentUpTo < this.#firstSeq;
  }
}

function joined(frames: readonly OutgoingFrame[]): EncodedFrames {
  return new EncodedFrames(frames.map(({ text }) => text));
}
