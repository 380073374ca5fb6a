import {
  CloseCode,
  encode,
  readBell,
  type Bell,
  type DownPayload,
  type RangFrame,
  type Since,
  type UpFrame,
} from "@parley/protocol";
import type { Goodbye, Transport, TransportListener } from "../transports/transport.ts";
import {
  frameOf,
  innerOf,
  localAnswer,
  outerOf,
  refusedJoin,
  wrapped,
  type Partner,
} from "./inner-frames.ts";

/** The frames that concern conversations, as a server writes them. */
const CONCERNS = /^\{"type":"(?:private|rang|joined)"/;

export interface PrivateLineEvents {
  /** The room is joined: conversations can be opened. */
  up(): void;
  /** The bell in the answer to a join. */
  bell(bell: Bell): void;
  rang(ring: RangFrame["payload"]): void;
  /** The end of the copy of the bell. */
  bellSince(): Since | undefined;
}

/**
 * The conversations over a room's connections. It looks at what goes over each connection of the room,
 * asks for the bell with every join, and gives every conversation a transport of its own.
 */
export class PrivateLine {
  readonly #events: PrivateLineEvents;
  #connection: Transport | undefined;
  /** The answer to the join over this connection. */
  #room: DownPayload<"joined"> | undefined;
  /** The open conversations, by the other member's id. */
  readonly #inner = new Map<string, InnerTransport>();

  constructor(events: PrivateLineEvents) {
    this.#events = events;
  }

  /** A connection of the room, as the room's own session uses it. */
  tap(connection: Transport): Transport {
    this.#down(CloseCode.goingAway);
    this.#connection = connection;
    const isCurrent = () => this.#connection === connection;
    return {
      listen: (listener) =>
        connection.listen({
          opened: () => listener.opened(),
          received: (text) => {
            const isOurs = isCurrent() && CONCERNS.test(text) && this.#take(text, listener);
            if (!isOurs) listener.received(text);
          },
          closed: (code) => {
            if (isCurrent()) this.#down(code);
            listener.closed(code);
          },
        }),
      send: (text) => connection.send(this.#withBell(text)),
      close: (how) => {
        if (isCurrent()) this.#down(how === "left" ? CloseCode.left : CloseCode.goingAway);
        connection.close(how);
      },
    };
  }

  /** A connection within the room's, for the conversation with one member. */
  open(partner: Partner): Transport {
    return new InnerTransport(partner, {
      add: (inner) => {
        this.#inner.set(partner.memberId, inner);
        if (this.#room) inner.up(this.#room);
      },
      remove: (inner) => {
        if (this.#inner.get(partner.memberId) === inner) this.#inner.delete(partner.memberId);
      },
      send: (text) => this.#connection?.send(text),
    });
  }

  /** @returns whether the frame is none of the room's own */
  #take(text: string, listener: TransportListener): boolean {
    const frame = frameOf(text);
    if (frame?.type === "rang") {
      this.#events.rang(frame.payload);
      return true;
    }
    if (frame?.type === "private") {
      const { with: other, frame: held } = frame.payload;
      const inner = this.#inner.get(other.id);
      const read = inner && this.#room && outerOf(held, other, this.#room);
      if (read) inner.received(encode(read));
      // A received frame shows the room's session that its connection is alive.
      return false;
    }
    if (frame?.type !== "joined") return false;
    listener.received(text);
    const isFirst = this.#room === undefined;
    this.#room = frame.payload;
    const bell = readBell(frame.payload.bell);
    if (bell) this.#events.bell(bell);
    if (isFirst) {
      for (const inner of this.#inner.values()) inner.up(frame.payload);
      this.#events.up();
    }
    return true;
  }

  #withBell(text: string): string {
    if (!text.startsWith('{"type":"join"')) return text;
    const frame = JSON.parse(text) as Extract<UpFrame, { type: "join" }>;
    const since = this.#events.bellSince();
    const bell = since ? { since } : {};
    return encode({ ...frame, payload: { ...frame.payload, bell } });
  }

  #down(code: number): void {
    this.#connection = undefined;
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
    if (inner && this.#isKnown) return this.#deps.send(wrapped(this.#partner, inner));
    // No frame of a conversation goes to a server without conversations.
    const answer = inner ? refusedJoin(inner) : localAnswer(frame);
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
