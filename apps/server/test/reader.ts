import {
  unreachable,
  type DownFrame,
  type DownPayload,
  type EntryFrame,
  type LogEntry,
  type Member,
} from "@parley/protocol";

/** What somebody knows who has read what they were sent, and found nothing wrong with it. */
export interface Known {
  readonly roomId: string;
  readonly selfId: string;
  readonly epoch: string;
  /** The `seq` up to which they were sent the log, without holes. */
  last: number;
  count: number;
  readonly members: Map<string, Member>;
}

/** Reads what a connection is sent as a strict client would, and throws where SPEC is broken. */
export class Reader {
  known: Known | undefined;
  /** Joins that were sent: after the first, one may lead to where the reader is already. */
  joins = 0;
  /** The ids that were answered, with an echo or a refusal. */
  readonly answered = new Set<string>();
  readonly #past: ReadonlyMap<string, readonly EntryFrame[]>;
  readonly #repeated: ReadonlySet<string>;

  /**
   * @param past what stands in every log: `epoch room` gives its entries
   * @param repeated ids that were sent more than once: their answer may be old
   */
  constructor(past: ReadonlyMap<string, readonly EntryFrame[]>, repeated: ReadonlySet<string>) {
    this.#past = past;
    this.#repeated = repeated;
  }

  take(frame: DownFrame): void {
    switch (frame.type) {
      case "joined":
        return this.#join(frame.payload);
      case "chat":
      case "edited":
      case "deleted":
      case "reacted":
        return this.#live(frame);
      case "history":
        return this.#page(frame.payload);
      case "entered":
      case "left":
      case "renamed":
        return this.#presence(frame);
      case "error":
        if (frame.payload.ref !== undefined) this.answered.add(frame.payload.ref);
        return undefined;
      case "typing":
        this.#inside();
        return undefined;
      case "ping":
      case "pong":
      case "unknown":
        return undefined;
      default:
        return unreachable(frame);
    }
  }

  #join({ roomId, self, epoch, head, entries, members, count }: DownPayload<"joined">): void {
    const { known } = this;
    if (known?.roomId === roomId && known.epoch === epoch) this.joins -= 1;
    if (this.joins < 1) throw new Error("R5: a reset was told twice.");
    this.known = {
      roomId,
      selfId: self.id,
      epoch,
      last: head,
      count,
      members: new Map(members.map((member) => [member.id, member])),
    };
    this.#inARow(entries);
    const end = entries.at(-1)?.payload.seq ?? head;
    if (end !== head) throw new Error(`R1: the window ends at ${end}, the log at ${head}.`);
  }

  #live(entry: EntryFrame): void {
    const known = this.#inside();
    const { seq, id } = entry.payload;
    if (seq === known.last + 1) known.last = seq;
    else if (seq > known.last || !this.#repeated.has(id)) {
      throw new Error(`O2: ${seq} came after ${known.last}.`);
    }
    this.#inARow([entry]);
  }

  #page({ epoch, entries }: DownPayload<"history">): void {
    const known = this.#inside();
    if (epoch !== known.epoch) throw new Error("R5: a page of another log.");
    this.#inARow(entries);
    const newest = entries.at(-1)?.payload.seq ?? 0;
    if (newest > known.last) throw new Error(`O2: a page up to ${newest} after ${known.last}.`);
  }

  #presence({ type, payload }: Extract<DownFrame, { type: "entered" | "left" | "renamed" }>): void {
    const known = this.#inside();
    known.count = payload.count;
    if (type === "left") known.members.delete(payload.member.id);
    else known.members.set(payload.member.id, payload.member);
  }

  /** Entries stand in a row, as they do in the log that was told of. */
  #inARow(entries: readonly LogEntry[]): void {
    const { epoch, roomId } = this.#inside();
    const log = this.#past.get(`${epoch} ${roomId}`) ?? [];
    const first = entries[0]?.payload.seq ?? 1;
    for (const [index, entry] of entries.entries()) {
      const { seq, id } = entry.payload;
      if (seq !== first + index) throw new Error(`O1: ${seq} at ${first + index}.`);
      if (log[seq - 1]?.payload.id !== id) throw new Error(`R5: ${seq} is not of this log.`);
      this.answered.add(id);
    }
  }

  #inside(): Known {
    if (!this.known) throw new Error("R3: something came before joined.");
    return this.known;
  }
}
