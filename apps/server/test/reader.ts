import {
  isEntry,
  unreachable,
  type DownFrame,
  type DownPayload,
  type EntryFrame,
  type LogEntry,
  type Member,
} from "@parley/protocol";

/** What somebody knows who has read what they were sent, and found nothing wrong with it. */
export interface KnownLog {
  readonly roomId: string;
  readonly selfId: string;
  readonly epoch: string;
  /** The `seq` up to which they were sent the log, without holes. */
  last: number;
  count: number;
  readonly members: Map<string, Member>;
}

/** Reads what a connection is sent as a strict client would, and throws if SPEC is broken. */
export class Reader {
  known: KnownLog | undefined;
  /** Ids that were sent more than once: their answer may be old. */
  readonly repeated = new Set<string>();
  /** What was asked and not answered, and how often: a `join`, a `history`, or the id of what was said. */
  readonly owed = new Map<string, number>();
  /** The entries that were sent, live or with a `joined`: `epoch room id`. */
  readonly shown = new Set<string>();
  readonly #past: ReadonlyMap<string, readonly EntryFrame[]>;
  /** Joins that were sent: after the first, one may lead to where the reader is already. */
  #joins = 0;

  /** @param past what stands in every log: `epoch room` gives its entries */
  constructor(past: ReadonlyMap<string, readonly EntryFrame[]>) {
    this.#past = past;
  }

  /** Something is asked, and is to be answered. */
  owes(what: string): void {
    this.owed.set(what, (this.owed.get(what) ?? 0) + 1);
  }

  /** A join is asked for: what was asked in the former room may come to nothing. */
  joining(): void {
    this.#joins += 1;
    this.owed.clear();
    this.owes("join");
  }

  take(frame: DownFrame): void {
    if (isEntry(frame)) return this.#live(frame);
    switch (frame.type) {
      case "joined":
        return this.#join(frame.payload);
      case "history":
        return this.#page(frame.payload);
      case "entered":
      case "left":
      case "renamed":
        return this.#presence(frame);
      case "error":
        return this.#pay(frame.payload.ref ?? (this.owed.has("join") ? "join" : "history"));
      case "typing":
        this.#inside();
        return undefined;
      case "ping":
      case "pong":
      case "private":
      case "rang":
        return undefined;
      default:
        return unreachable(frame);
    }
  }

  #join({ roomId, self, epoch, head, entries, members, count }: DownPayload<"joined">): void {
    const { known } = this;
    if (known?.roomId === roomId && known.epoch === epoch) this.#joins -= 1;
    if (this.#joins < 1) throw new Error("R5: a reset was told twice.");
    this.known = {
      roomId,
      selfId: self.id,
      epoch,
      last: head,
      count,
      members: new Map(members.map((member) => [member.id, member])),
    };
    this.#pay("join");
    this.#inARow(entries);
    this.#show(entries);
    const end = entries.at(-1)?.payload.seq ?? head;
    if (end !== head) throw new Error(`R1: the window ends at ${end}, the log at ${head}.`);
  }

  #live(entry: LogEntry): void {
    const known = this.#inside();
    const { seq, id } = entry.payload;
    if (seq === known.last + 1) known.last = seq;
    else if (seq > known.last || !this.repeated.has(id)) {
      throw new Error(`O2: ${seq} came after ${known.last}.`);
    }
    this.#inARow([entry]);
    this.#show([entry]);
  }

  #page({ epoch, entries }: DownPayload<"history">): void {
    const known = this.#inside();
    if (epoch !== known.epoch) throw new Error("R5: a page of another log.");
    this.#inARow(entries);
    const newest = entries.at(-1)?.payload.seq ?? 0;
    this.#pay("history");
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
    }
  }

  /** Reading a message acknowledges it to its author. */
  #show(entries: readonly LogEntry[]): void {
    const { epoch, roomId } = this.#inside();
    for (const { payload } of entries) {
      this.shown.add(`${epoch} ${roomId} ${payload.id}`);
      this.#pay(payload.id);
    }
  }

  #pay(what: string): void {
    const times = this.owed.get(what) ?? 0;
    if (times > 1) this.owed.set(what, times - 1);
    else this.owed.delete(what);
  }

  #inside(): KnownLog {
    if (!this.known) throw new Error("R3: something came before joined.");
    return this.known;
  }
}
