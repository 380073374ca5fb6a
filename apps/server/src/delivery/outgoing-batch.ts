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

/** Frames to write at once, with what tells quickly which sockets get the most of them. */
export class OutgoingBatch {
  readonly #frames: readonly OutgoingFrame[];
  /** All of them; what a socket is to get is cut from their bytes. */
  readonly #encoded: EncodedFrames;
  /** What those are to get who knew none of it. */
  readonly #forMost: EncodedFrames;
  /** The indexes of that among all. */
  readonly #most: readonly number[];
  /** A subscriber that knows less than this knew none of it. */
  readonly #firstOrder: number;
  /** Infinity where there is no entry. */
  readonly #firstSeq: number;
  /** Who is left out of some of it: the indexes of those frames among all. */
  readonly #excepted = new Map<string, Set<number>>();
  readonly entries: number;
  /** The last `seq` in it, or 0. */
  readonly lastSeq: number;

  constructor(frames: readonly OutgoingFrame[]) {
    const entries = frames.filter((each) => each.is === "entry");
    this.#frames = frames;
    this.#encoded = new EncodedFrames(frames.map(({ text }) => text));
    this.#most = indexesOf(frames, (each) => each.is === "entry" || each.audience.from === 0);
    const isAll = this.#most.length === frames.length;
    this.#forMost = isAll ? this.#encoded : this.#encoded.only(this.#most);
    this.#firstOrder = Infinity;
    for (const [index, each] of frames.entries()) {
      if (each.is === "entry") continue;
      const { from, below } = each.audience;
      this.#firstOrder = Math.min(this.#firstOrder, from === 0 ? below : from);
      if (each.exceptMember === undefined) continue;
      const left = this.#excepted.get(each.exceptMember);
      if (left) left.add(index);
      else this.#excepted.set(each.exceptMember, new Set([index]));
    }
    this.#firstSeq = entries[0]?.seq ?? Infinity;
    this.entries = entries.length;
    this.lastSeq = entries.at(-1)?.seq ?? 0;
  }

  /**
   * Writes to a socket what it is to get.
   * @returns how many entries that were
   */
  writeTo(subscriber: Subscriber): number {
    if (this.#knewNothing(subscriber)) {
      const left = this.#excepted.get(subscriber.memberId);
      const frames = left
        ? this.#encoded.only(this.#most.filter((index) => !left.has(index)))
        : this.#forMost;
      if (frames.texts.length > 0) subscriber.connection.send(frames);
      return this.entries;
    }
    const kept = indexesOf(this.#frames, (each) => isFor(subscriber, each));
    if (kept.length > 0) subscriber.connection.send(this.#encoded.only(kept));
    return kept.filter((index) => this.#frames[index]?.is === "entry").length;
  }

  #knewNothing({ pace, knownOrder, sentUpTo }: Subscriber): boolean {
    return pace === "live" && knownOrder < this.#firstOrder && sentUpTo < this.#firstSeq;
  }
}

function indexesOf(
  frames: readonly OutgoingFrame[],
  is: (frame: OutgoingFrame) => boolean,
): readonly number[] {
  const indexes: number[] = [];
  for (const [index, frame] of frames.entries()) if (is(frame)) indexes.push(index);
  return indexes;
}
