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
  readonly #excepted: ReadonlySet<string>;
  readonly entries: number;
  /** The last `seq` in it, or 0. */
  readonly lastSeq: number;

  constructor(frames: readonly OutgoingFrame[]) {
    const entries = frames.filter((each) => each.is === "entry");
    this.#frames = frames;
    this.#all = joined(frames.filter((each) => each.is === "entry" || each.audience.from === 0));
    this.#firstOrder = Infinity;
    for (const each of frames) {
      if (each.is === "entry") continue;
      const { from, below } = each.audience;
      this.#firstOrder = Math.min(this.#firstOrder, from === 0 ? below : from);
    }
    this.#firstSeq = entries[0]?.seq ?? Infinity;
    this.#excepted = new Set(
      frames.flatMap((each) => (each.is === "signal" ? (each.exceptMember ?? []) : [])),
    );
    this.entries = entries.length;
    this.lastSeq = entries.at(-1)?.seq ?? 0;
  }

  /**
   * Writes to a socket what it is to get.
   * @returns how many entries that were
   */
  writeTo(subscriber: Subscriber): number {
    if (this.#isAllFor(subscriber)) {
      if (this.#all.texts.length > 0) subscriber.connection.send(this.#all);
      return this.entries;
    }
    const rest = this.#frames.filter((each) => isFor(subscriber, each));
    if (rest.length > 0) subscriber.connection.send(joined(rest));
    return rest.filter((each) => each.is === "entry").length;
  }

  #isAllFor({ pace, knownOrder, sentUpTo, memberId }: Subscriber): boolean {
    return (
      pace === "live" &&
      knownOrder < this.#firstOrder &&
      sentUpTo < this.#firstSeq &&
      !this.#excepted.has(memberId)
    );
  }
}

function joined(frames: readonly OutgoingFrame[]): EncodedFrames {
  return new EncodedFrames(frames.map(({ text }) => text));
}
