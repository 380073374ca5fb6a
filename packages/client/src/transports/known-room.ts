import type { DownPayload, Member, Since } from "@parley/protocol";

type Joined = DownPayload<"joined">;

/** The fields of a frame from the server that a transport uses. */
export interface Carried {
  readonly type: string;
  readonly payload: Partial<Joined> & {
    readonly seq?: number;
    readonly id?: string;
    readonly member?: Member;
  };
}

/** What a client received of its room: up to where the log is shown, and who is there. */
export class KnownRoom {
  readonly token: string;
  /** The head of the log at the join. What comes after it arrives live. */
  readonly head: number;
  readonly #members = new Map<string, Member>();
  #self: Member;
  /** How many members the client was told of; not all of a large room are in the list. */
  #count: number;
  #since: Since;

  constructor(joined: Joined, since: Since | undefined) {
    const { self, token, members, count, epoch, head, entries, recovered } = joined;
    this.token = token;
    this.head = head;
    this.#self = self;
    this.#count = count;
    for (const member of [...members, self]) this.#members.set(member.id, member);
    const last = entries.at(-1)?.payload;
    this.#since =
      last === undefined
        ? ((recovered ? since : undefined) ?? { epoch, seq: head })
        : { epoch, seq: last.seq, id: last.id };
  }

  /** One's own name, as it is now. */
  get name(): string {
    return this.#self.name;
  }

  /** The last entry that was received. */
  get since(): Since {
    return this.#since;
  }

  /** Notes a frame that the client received. */
  note({ type, payload: { seq, id, member, count } }: Carried): void {
    if (seq !== undefined && id !== undefined && seq > this.#since.seq) {
      this.#since = { epoch: this.#since.epoch, seq, id };
    }
    if (!member || type === "typing") return;
    this.#count = count ?? this.#count;
    if (type === "left") this.#members.delete(member.id);
    else this.#members.set(member.id, member);
    if (member.id === this.#self.id) this.#self = member;
  }

  /** The frames with what is new in the answer to another join. */
  newsIn({ entries, members, count, self }: Joined): Carried[] {
    const news: Carried[] = entries.filter(({ payload }) => payload.seq > this.#since.seq);
    const listed = new Map([...members, self].map((member) => [member.id, member]));
    // A partial list does not show who joined and who left.
    const isWhole = count <= listed.size;
    for (const member of listed.values()) {
      const known = this.#members.get(member.id);
      if (!known && isWhole) news.push({ type: "entered", payload: { member, count } });
      else if (known && known.name !== member.name)
        news.push({ type: "renamed", payload: { member, count } });
    }
    for (const member of this.#members.values()) {
      if (isWhole && !listed.has(member.id))
        news.push({ type: "left", payload: { member, count } });
    }
    const isCountTold =
      count === this.#count || news.some(({ payload }) => payload.count === count);
    // `entered` may repeat a member who is listed (SPEC P6).
    if (!isCountTold) news.push({ type: "entered", payload: { member: self, count } });
    return news;
  }
}
