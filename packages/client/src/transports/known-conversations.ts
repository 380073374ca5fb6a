import { readBell, readPrivate, type InnerUp, type Member, type Since } from "@parley/protocol";

/** A frame with what a transport passes on. */
interface Passed {
  readonly type: string;
  readonly payload: object;
}

interface PrivateUp {
  readonly with: string;
  readonly via?: string | undefined;
  readonly frame: InnerUp;
}

interface PrivateDown {
  readonly with: Member;
  readonly frame: unknown;
}

/** A conversation that the client opened. */
interface Opened {
  readonly via: string | undefined;
  /** The name of the client's join, until it is answered. */
  readonly ref: string | undefined;
  /** The last entry that the client has. */
  readonly since: Since | undefined;
  /** The head of its log at the first answer; undefined until then. */
  readonly head: number | undefined;
}

/** What came of a frame: what the client gets of it, or that the connection cannot continue. */
export type PassedFrames = readonly Passed[] | "broken";

/**
 * The bell and the conversations of a client over HTTP. For the client its connection continues, but
 * every request opens them again, from what the client has.
 */
export class KnownConversations {
  readonly #opened = new Map<string, Opened>();
  #bell: Since | undefined;

  /** The end of the client's copy of the bell; undefined if it has none. */
  get bell(): Since | undefined {
    return this.#bell;
  }

  /** The frames that open the conversations in the next request. */
  get joins(): readonly Passed[] {
    return [...this.#opened].map(([id, { via, ref, since }]) => {
      const payload = { ...(since && { since }), ...(ref !== undefined && { ref }) };
      const frame = { type: "join", payload };
      return { type: "private", payload: { with: id, ...(via !== undefined && { via }), frame } };
    });
  }

  /** The client sends a frame. @returns whether the next request, or none, does what it asks for */
  sent({ with: id, via, frame }: PrivateUp): "opens" | "closes" | "asks" {
    if (frame.type === "leave") {
      this.#opened.delete(id);
      return "closes";
    }
    if (frame.type !== "join") return "asks";
    const { ref, since } = frame.payload;
    this.#opened.set(id, { via, ref, since, head: undefined });
    return "opens";
  }

  /** The first answer to the client's own join has this bell. */
  joined(bell: unknown, asked: Since | undefined): void {
    const read = readBell(bell);
    if (!read) return;
    const { epoch, head, recovered, entries } = read;
    const last = entries.at(-1)?.payload;
    if (last) this.#bell = { epoch, seq: last.seq, id: last.id };
    else this.#bell = (recovered ? (this.#bell ?? asked) : undefined) ?? { epoch, seq: head };
  }

  /** The answer to a later join has this bell: what rang since then is passed on. */
  joinedAgain(bell: unknown): PassedFrames {
    const read = readBell(bell);
    if (!this.#bell || !read) return [];
    if (!read.recovered) return "broken";
    return read.entries.flatMap((ring) => this.rang(ring));
  }

  /** A ring came. */
  rang(ring: {
    readonly type: string;
    readonly payload: { readonly seq?: number; readonly id?: string };
  }): Passed[] {
    const { seq, id } = ring.payload;
    if (this.#bell && seq !== undefined) {
      if (seq <= this.#bell.seq) return [];
      this.#bell = { epoch: this.#bell.epoch, seq, ...(id !== undefined && { id }) };
    }
    return [ring];
  }

  /**
   * A frame of a conversation came with a stream or a poll.
   * @param isWhole whether what is missing does not come with the next request
   */
  heard(payload: PrivateDown, isWhole: boolean): PassedFrames {
    const { id } = payload.with;
    const opened = this.#opened.get(id);
    const inner = readPrivate(payload.frame);
    if (!opened || !inner) return [];
    const same = [{ type: "private", payload }];
    if (inner.type === "error") {
      // It is not open: the client decides what comes next.
      if (opened.head !== undefined) return "broken";
      this.#opened.delete(id);
      return same;
    }
    if (inner.type === "typing" || inner.type === "history") return same;
    if (inner.type !== "joined") return this.#entry(id, opened, inner.payload) ? same : [];
    const { epoch, head, entries, recovered, missed } = inner.payload;
    if (opened.head === undefined || !recovered) {
      const last = entries.at(-1)?.payload;
      const begun = (recovered ? opened.since : undefined) ?? { epoch, seq: head };
      const since = last ? { epoch, seq: last.seq, id: last.id } : begun;
      this.#opened.set(id, { ...opened, ref: undefined, since, head });
      return same;
    }
    if (isWhole && missed > entries.length) return "broken";
    return entries.flatMap((frame) => {
      const now = this.#opened.get(id) ?? opened;
      const isNew = this.#entry(id, now, frame.payload);
      return isNew ? [{ type: "private", payload: { with: payload.with, frame } }] : [];
    });
  }

  /**
   * A request of the client was answered with a frame of a conversation. A new entry comes with the
   * stream or a poll, in its place.
   */
  answered(payload: PrivateDown): Passed[] {
    const opened = this.#opened.get(payload.with.id);
    const inner = readPrivate(payload.frame);
    if (!opened || !inner) return [];
    const seq = "seq" in inner.payload ? inner.payload.seq : 0;
    return seq <= (opened.head ?? 0) ? [{ type: "private", payload }] : [];
  }

  /** Notes an entry. @returns whether it is new */
  #entry(
    id: string,
    opened: Opened,
    entry: { readonly seq: number; readonly id: string },
  ): boolean {
    const { since } = opened;
    if (!since || entry.seq <= since.seq) return false;
    this.#opened.set(id, { ...opened, since: { ...since, seq: entry.seq, id: entry.id } });
    return true;
  }
}
