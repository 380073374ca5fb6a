import {
  answering,
  JOIN_MESSAGES,
  PAGE_ENTRIES_MAX,
  refusal,
  type DownFrame,
  type EntryFrame,
  type Member,
  type UpFrame,
  type UpPayload,
} from "@parley/protocol";
import type { FakeSocket } from "./fake-socket.ts";

const EPOCH = "model";

/**
 * A room as SPEC.md describes it, small enough to be obviously correct. Reads a frame when asked
 * to.
 */
export class ModelRoom {
  readonly log: EntryFrame[] = [];
  /** The first `seq` that is kept. */
  first = 1;
  /** How many of the next requests are refused temporarily. */
  refusing = 0;
  /** False: a server before 1.2, which repeats no `ref`. */
  readonly #namesAnswers: boolean;
  readonly #seats = new Map<FakeSocket, Member>();
  /** The frames on their way to each socket. */
  readonly #lines = new Map<FakeSocket, DownFrame[]>();

  constructor(namesAnswers = true) {
    this.#namesAnswers = namesAnswers;
  }

  get head(): number {
    return this.log.length;
  }

  /** Reads the oldest frame that this socket sent. */
  read(socket: FakeSocket): void {
    const frame = socket.sent.shift();
    if (frame) this.#take(socket, frame);
  }

  /**
   * Delivers the oldest frame on its way to this socket.
   * @returns false if there was none
   */
  deliver(socket: FakeSocket): boolean {
    const frame = this.#lines.get(socket)?.shift();
    if (frame) socket.say(frame);
    return frame !== undefined;
  }

  /** Loses the oldest frame on its way if it is an entry, which makes a hole. */
  lose(socket: FakeSocket): void {
    const line = this.#lines.get(socket);
    if (line?.[0]?.type === "chat") line.shift();
  }

  /** Loses all that is on its way to this socket; what it sent may still be read. */
  cut(socket: FakeSocket): void {
    this.#lines.delete(socket);
  }

  /** Pings every live connection. */
  ping(): void {
    for (const line of this.#lines.values()) line.push({ type: "ping", payload: {} });
  }

  /** A member without a client sends a message. */
  hear(from: Member, id: string): void {
    this.#append({ message: id, id }, from);
  }

  #take(socket: FakeSocket, frame: UpFrame): void {
    const from = this.#seats.get(socket);
    if (frame.type === "join") {
      this.#join(socket, frame.payload);
    } else if (from && frame.type === "chat") {
      this.#chat(socket, frame.payload, from);
    } else if (from && frame.type === "history") {
      this.#history(socket, frame.payload);
    } else if (frame.type === "ping") {
      this.#answer(socket, { type: "pong", payload: {} }, frame.payload);
    }
  }

  #join(socket: FakeSocket, join: UpPayload<"join">): void {
    const { token = "", name = "", since } = join;
    const self = { id: `digest of ${token}`, name };
    const goesOn =
      since?.epoch === EPOCH &&
      since.seq >= this.first - 1 &&
      since.seq <= this.head &&
      since.id === this.log[since.seq - 1]?.payload.id;
    const after = goesOn ? since.seq : Math.max(this.first - 1, this.head - JOIN_MESSAGES);
    this.#seats.set(socket, self);
    this.#lines.set(socket, []);
    const joined: DownFrame = {
      type: "joined",
      payload: {
        roomId: "lobby",
        self,
        token,
        epoch: EPOCH,
        head: this.head,
        members: [self],
        count: 1,
        entries: this.log.slice(after, after + PAGE_ENTRIES_MAX),
        recovered: goesOn,
        missed: goesOn ? this.head - after : 0,
        ...this.#trimmed(),
      },
    };
    this.#answer(socket, joined, join);
  }

  #chat(socket: FakeSocket, { message, id = "" }: UpPayload<"chat">, from: Member): void {
    const original = this.log.find(
      ({ payload }) => payload.id === id && payload.from.id === from.id,
    );
    if (original) {
      this.#answer(socket, original);
    } else if (this.refusing > 0) {
      this.refusing -= 1;
      this.#answer(socket, { type: "error", payload: refusal("unavailable", id) });
    } else {
      this.#append({ message, id }, from);
    }
  }

  #history(socket: FakeSocket, request: UpPayload<"history">): void {
    const { before, after = 0, limit = PAGE_ENTRIES_MAX } = request;
    const end = before === undefined ? after + limit : before - 1;
    const start = Math.max(before === undefined ? after : end - limit, this.first - 1);
    const entries = this.log.slice(start, Math.max(start, end));
    const more = before === undefined ? start + entries.length < this.head : start >= this.first;
    const payload = { entries, epoch: EPOCH, head: this.head, more, ...this.#trimmed() };
    this.#answer(socket, { type: "history", payload }, request);
  }

  #append({ message, id }: { message: string; id: string }, from: Member): void {
    const seq = this.head + 1;
    const entry = { type: "chat", payload: { message, id, seq, at: seq, from } } as const;
    this.log.push(entry);
    for (const line of this.#lines.values()) line.push(entry);
  }

  #answer(socket: FakeSocket, frame: DownFrame, { ref }: { ref?: string | undefined } = {}): void {
    this.#lines.get(socket)?.push(this.#namesAnswers ? answering(frame, ref) : frame);
  }

  #trimmed(): { truncatedBefore?: number } {
    return this.first > 1 ? { truncatedBefore: this.first } : {};
  }
}
