import {
  encode,
  readBell,
  refOf,
  type Bell,
  type DownFrame,
  type DownPayload,
  type InnerUp,
  type RangFrame,
  type UpFrame,
} from "@parley/protocol";
import { refusalIfTooLarge } from "../session/outbox/send-queue.ts";
import type { Goodbye, Transport, TransportListener } from "../transports/transport.ts";
import {
  frameOf,
  innerOf,
  localAnswer,
  outerOf,
  refusedForNow,
  refusedJoin,
  wrapped,
  type Partner,
} from "./inner-frames.ts";
import type { RoomTap } from "./room-tap.ts";

export interface PrivateLineEvents {
  /** The room is joined: conversations can be opened. */
  up(): void;
  /** The bell in the answer to a join. */
  bell(bell: Bell): void;
  rang(ring: RangFrame["payload"]): void;
}

/** The conversations over a room's connections: each has a transport of its own. */
export class PrivateLine {
  readonly #tap: RoomTap;
  readonly #events: PrivateLineEvents;
  /** The answer to the join over the present connection. */
  #room: DownPayload<"joined"> | undefined;
  /** The open conversations, by the other member's id. */
  readonly #inner = new Map<string, InnerTransport>();

  constructor(tap: RoomTap, events: PrivateLineEvents) {
    this.#tap = tap;
    this.#events = events;
  }

  /** Begins to listen. */
  open(): void {
    this.#tap.listen({
      received: (text) => this.#take(text),
      closed: (code) => this.#down(code),
    });
  }

  /** A connection within the room's, for the conversation with one member. */
  transportTo(partner: Partner): Transport {
    return new InnerTransport(partner, {
      add: (inner) => {
        this.#inner.set(partner.memberId, inner);
        if (this.#room) inner.up(this.#room);
      },
      remove: (inner) => {
        if (this.#inner.get(partner.memberId) === inner) this.#inner.delete(partner.memberId);
      },
      send: (text) => this.#tap.send(text),
    });
  }

  #take(text: string): void {
    const frame = frameOf(text);
    if (frame?.type === "rang") this.#events.rang(frame.payload);
    if (frame?.type === "private") {
      const { with: other, frame: held } = frame.payload;
      const inner = this.#inner.get(other.id);
      const read = inner && this.#room && outerOf(held, other, this.#room);
      if (read) inner.received(encode(inner.wasHere ? refusedForNow(read) : read));
    }
    if (frame?.type === "joined") this.#joined(frame.payload);
  }

  #joined(room: DownPayload<"joined">): void {
    const isFirst = this.#room === undefined;
    this.#room = room;
    const bell = readBell(room.bell);
    if (bell) this.#events.bell(bell);
    if (!isFirst) return;
    for (const inner of this.#inner.values()) inner.up(room);
    this.#events.up();
  }

  #down(code: number): void {
    this.#room = undefined;
    const open = [...this.#inner.values()];
    this.#inner.clear();
    for (const inner of open) inner.down(code);
  }
}

interface InnerDeps {
  add(inner: InnerTransport): void;
  remove(inner: InnerTransport): void;
  send(text: string): void;
}

/** A connection of a conversation: it is open while the room is joined. */
class InnerTransport implements Transport {
  readonly #partner: Partner;
  readonly #deps: InnerDeps;
  #listener: TransportListener | undefined;
  #state: "waiting" | "open" | "closed" = "waiting";
  /** Whether the server has conversations. */
  #isKnown = true;

  constructor(partner: Partner, deps: InnerDeps) {
    this.#partner = partner;
    this.#deps = deps;
  }

  get wasHere(): boolean {
    return this.#partner.wasHere();
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    // A transport reports nothing before it was given back.
    void Promise.resolve().then(() => {
      if (this.#state === "waiting") this.#deps.add(this);
    });
  }

  /** The room was joined, with this answer. */
  up({ bell }: DownPayload<"joined">): void {
    if (this.#state !== "waiting") return;
    this.#state = "open";
    this.#isKnown = bell !== undefined;
    this.#listener?.opened();
  }

  received(text: string): void {
    if (this.#state === "open") this.#listener?.received(text);
  }

  down(code: number): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#listener?.closed(code);
  }

  send(text: string): void {
    if (this.#state !== "open") return;
    const frame = JSON.parse(text) as UpFrame;
    const inner = innerOf(frame);
    if (inner && this.#isKnown) return this.#sendWrapped(inner);
    // No frame of a conversation goes to a server without conversations.
    this.#answer(inner ? refusedJoin(inner) : localAnswer(frame));
  }

  /** Its envelope may make a frame too large, which would close the room's connection. */
  #sendWrapped(inner: InnerUp): void {
    const text = wrapped(this.#partner, inner);
    const why = refusalIfTooLarge(refOf(inner) ?? "", text);
    if (why) this.#answer({ type: "error", payload: why });
    else this.#deps.send(text);
  }

  #answer(answer: DownFrame): void {
    void Promise.resolve().then(() => this.received(encode(answer)));
  }

  close(how: Goodbye): void {
    // A member who leaves has announced it.
    const isOpen = this.#state === "open" && this.#isKnown && how === "lost";
    this.#state = "closed";
    this.#deps.remove(this);
    if (isOpen) this.#deps.send(wrapped(this.#partner, { type: "leave", payload: {} }));
  }
}
