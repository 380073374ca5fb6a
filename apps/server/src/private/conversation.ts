import {
  isEntryRequest,
  refOf,
  refusal,
  type InnerDown,
  type InnerUp,
  type Member,
  type RangFrame,
  type Refusal,
  type RefusalCode,
  type Since,
} from "@parley/protocol";
import { HELD_FRAMES_MAX, MESSAGE_AFTER_RING_MS, PAGES_RETRY_MS } from "../limits/limits.ts";
import type { TokenBucket } from "../limits/rate-limit.ts";
import { LogUnavailable, type RoomLog } from "../log/log.ts";
import type { JoinSnapshot } from "../rooms/join-snapshot.ts";
import type { Room } from "../rooms/room.ts";
import type { Rooms } from "../rooms/rooms.ts";
import { ConnectionWriter } from "../session/connection-writer.ts";
import { dispatch, type DispatchContext } from "../session/dispatch.ts";
import { Membership } from "../session/membership.ts";
import type { AskedPages } from "../session/page-queue.ts";
import type { PrivatePlace, SessionDeps } from "../session/session-deps.ts";
import { Envelope } from "./envelope.ts";
import { entriesFrom, sinceBefore } from "./rung-message.ts";

/** What conversations depend on. */
export interface ConversationDeps {
  readonly sessions: SessionDeps;
  /** The conversations that are open on this server, each as a room. */
  readonly rooms: Rooms;
  readonly log: RoomLog;
  /** The permits of a network address to begin conversations: each takes one from every bucket. */
  conversationsOf(address: string): readonly TokenBucket[];
}

/** A frame of a conversation, and how many bytes its envelope had. */
export interface ReceivedInner {
  readonly frame: InnerUp;
  readonly bytes: number;
}

/** Why a conversation is opened. */
export type Opening =
  /** The client asked for it. */
  | { readonly is: "asked"; readonly since: Since | undefined; readonly ref: string | undefined }
  /** The client sent a frame of the conversation, or somebody wrote in it. */
  | { readonly is: "implied" };

type State =
  | { readonly is: "opening"; readonly waiting: ReceivedInner[] }
  | { readonly is: "open"; readonly membership: Membership }
  | { readonly is: "closed" };

/** A conversation that one connection has open: an ordinary session on the log of two members. */
export class Conversation implements Omit<DispatchContext, "enter"> {
  readonly writer: ConnectionWriter;
  readonly deps: SessionDeps;
  readonly messages: TokenBucket;
  readonly signals: TokenBucket;
  readonly pages: AskedPages;
  /** Whether the client asked for it: then it stays until the client leaves it. */
  isAsked = false;
  /** The partner, under the last known name. */
  #other: Member;
  readonly #logId: string;
  readonly #place: PrivatePlace;
  /** The room that both are members of. */
  readonly #room: Room;
  readonly #deps: ConversationDeps;
  readonly #envelope: Envelope;
  readonly #onClosed: (unheard: RangFrame | undefined) => void;
  /** The first ring while it opens: a client that did not ask for it gets the log from that message on. */
  #ring: RangFrame | undefined;
  /** Frames that are being handled, and pages that are to be sent. */
  #inProgress = 0;
  /** Until when a message is expected that has rung, in ms. */
  #expectsUntil = 0;
  /** Whether the log has entries, or a permit to begin was taken. */
  #hasBegun = false;
  #state: State = { is: "opening", waiting: [] };

  /** @param onClosed told when it is closed, and of a ring whose message the client did not get */
  constructor(
    logId: string,
    other: Member,
    place: PrivatePlace,
    room: Room,
    deps: ConversationDeps,
    onClosed: (unheard: RangFrame | undefined) => void,
  ) {
    this.#logId = logId;
    this.#other = other;
    this.#place = place;
    this.#room = room;
    this.#deps = deps;
    this.#onClosed = onClosed;
    const { connection } = place.writer;
    const { presence } = room;
    this.#envelope = new Envelope(connection, () => presence.get(other.id) ?? this.#other);
    this.writer = new ConnectionWriter(this.#envelope, deps.sessions);
    this.deps = deps.sessions;
    this.messages = place.messages;
    this.signals = place.signals;
    this.pages = { add: (question) => this.#addPage(question) };
  }

  /** Whether it can be closed without a word to the client: it did not ask, and nothing is in progress. */
  get isIdle(): boolean {
    const isQuiet = this.#inProgress === 0 && this.deps.now() >= this.#expectsUntil;
    return !this.isAsked && isQuiet && this.#state.is === "open";
  }

  /**
   * Opens it; frames that arrive meanwhile wait.
   * @param whoIs finds the partner; undefined if they are unknown
   */
  async open(opening: Opening, whoIs: () => Promise<Member | undefined>): Promise<void> {
    try {
      const other = await whoIs();
      if (!other) return this.#fail("unknown_member", opening);
      this.#other = other;
      return this.#opened(await this.#enter(opening, undefined));
    } catch (error) {
      const isAway = error instanceof LogUnavailable;
      this.#fail(isAway ? "unavailable" : "internal", opening);
      if (!isAway) throw error;
      return undefined;
    }
  }

  /** Somebody wrote in it. If it is open, the message comes live. */
  rang(ring: RangFrame): void {
    if (this.#state.is === "opening") this.#ring ??= ring;
    // A message from here is in progress as it rings.
    else if (ring.payload.to === undefined || this.#inProgress === 0) this.#expectMessage();
  }

  /** Takes a frame of the conversation, in the order of the calls. */
  async receive(received: ReceivedInner): Promise<void> {
    const state = this.#state;
    if (state.is === "opening") {
      if (state.waiting.length < HELD_FRAMES_MAX) state.waiting.push(received);
      else this.writer.refuse(refusal("rate_limited", refOf(received.frame)));
      return undefined;
    }
    if (state.is !== "open") return undefined;
    this.#inProgress += 1;
    try {
      return await this.#handle(received, state.membership);
    } finally {
      this.#inProgress -= 1;
    }
  }

  /** Leaves it; the client gets no more frames of it. */
  leave(membership?: Membership): void {
    const state = this.#state;
    this.#state = { is: "closed" };
    (membership ?? (state.is === "open" ? state.membership : undefined))?.leave("left");
    this.#onClosed(this.#ring);
  }

  async #handle({ frame, bytes }: ReceivedInner, membership: Membership): Promise<void> {
    if (frame.type === "join") {
      const { since, ref } = frame.payload;
      return this.#again({ is: "asked", since, ref }, membership);
    }
    const why = this.#reasonAgainst(frame);
    if (why) return this.writer.refuse(why);
    const self = this.#self();
    if (self.name !== membership.member.name) membership.rename(self.name);
    // A frame of a conversation cannot join a room.
    const enter = async () => {};
    const { writer, deps, messages, signals, pages } = this;
    const context = { writer, deps, messages, signals, pages, enter, leave: () => this.leave() };
    return dispatch(context, membership, { frame, bytes });
  }

  /** Opens it again, from where the client says. */
  async #again(opening: Opening, from: Membership): Promise<void> {
    const waiting: ReceivedInner[] = [];
    this.#state = { is: "opening", waiting };
    try {
      this.#opened(await this.#enter(opening, from), from);
    } catch (error) {
      const isAway = error instanceof LogUnavailable;
      const code = isAway ? "unavailable" : "internal";
      this.writer.refuse(refusal(code, refOfOpening(opening)));
      this.#opened(undefined, from);
      if (!isAway) throw error;
    }
  }

  /** Continues after a join, with the former membership if the join failed. */
  #opened(membership: Membership | undefined, from?: Membership): void {
    const state = this.#state;
    const held = membership ?? from;
    if (state.is !== "opening") return held?.leave("left");
    if (!held) return this.#fail("unavailable", { is: "implied" });
    this.#state = { is: "open", membership: held };
    this.#ring = undefined;
    for (const received of state.waiting) {
      this.receive(received).catch((error: unknown) => this.#bug(error, received.frame));
    }
  }

  async #enter(opening: Opening, from: Membership | undefined): Promise<Membership | undefined> {
    if (opening.is === "asked") {
      const turn = await this.#turnToRead();
      if (!turn) {
        const ref = refOfOpening(opening);
        this.writer.refuse({ ...refusal("rate_limited", ref), retryAfter: PAGES_RETRY_MS });
        return undefined;
      }
      try {
        return await this.#join(opening, opening.since, from);
      } finally {
        turn();
      }
    }
    const since = this.#ring && (await sinceBefore(this.#deps.log, this.#logId, this.#ring));
    return this.#join(opening, since, from);
  }

  async #join(
    opening: Opening,
    since: Since | undefined,
    from: Membership | undefined,
  ): Promise<Membership | undefined> {
    const { connection } = this.#place.writer;
    let isFirst = true;
    const room = this.#deps.rooms.get(this.#logId);
    const subscriber = await room.join(this.#envelope, since, {
      admit: ({ head }) => {
        this.#hasBegun ||= head > 0;
        return this.#state.is === "opening" ? this.#self() : undefined;
      },
      greet: (self, snapshot) => {
        from?.leave("left");
        // It may have rung since the log was read.
        const ring = opening.is === "asked" ? undefined : this.#ring;
        // A client that did not ask for the conversation cannot ask for the rest of its log.
        this.#envelope.sendsAll = ring !== undefined || connection.sendsAll;
        if (isFirst && opening.is === "asked") this.#joined(self, snapshot, opening.ref);
        // The log was reset.
        else if (!isFirst) this.#joined(self, snapshot, undefined);
        else if (ring) this.#showFrom(ring, snapshot);
        isFirst = false;
      },
    });
    if (!subscriber) return undefined;
    this.isAsked ||= opening.is === "asked";
    return new Membership(room, subscriber, this);
  }

  #joined(self: Member, snapshot: JoinSnapshot, ref: string | undefined): void {
    const { settings: _, entries, ...rest } = snapshot;
    const named = ref === undefined ? {} : { ref };
    this.#send({ type: "joined", payload: { ...named, self, ...rest, entries: [...entries] } });
  }

  /** Shows the message that rang, and what was written after it. */
  #showFrom(ring: RangFrame, snapshot: JoinSnapshot): void {
    const entries = entriesFrom(ring, snapshot);
    if (entries.length === 0) this.#expectMessage();
    for (const entry of entries) if (entry.type !== "set") this.#send(entry);
  }

  /** A ring is stored before its message, which comes live. */
  #expectMessage(): void {
    this.#expectsUntil = this.deps.now() + MESSAGE_AFTER_RING_MS;
  }

  #send(frame: InnerDown): void {
    this.#envelope.send(JSON.stringify(frame));
  }

  /** Adds a page to those of the connection. */
  #addPage(question: () => Promise<void>): boolean {
    this.#inProgress += 1;
    const isTaken = this.#place.pages.add(async () => {
      try {
        await question();
      } finally {
        this.#inProgress -= 1;
      }
    });
    if (!isTaken) this.#inProgress -= 1;
    return isTaken;
  }

  /** Waits for its turn among the pages of the connection: `joined` is one. */
  async #turnToRead(): Promise<(() => void) | undefined> {
    const turn = Promise.withResolvers<void>();
    const read = Promise.withResolvers<void>();
    const isTaken = this.pages.add(async () => {
      turn.resolve();
      await read.promise;
    });
    if (!isTaken) return undefined;
    await turn.promise;
    return read.resolve;
  }

  /** Takes the permits that a frame needs beside those of the connection. */
  #reasonAgainst(frame: InnerUp): Refusal | undefined {
    if (!isEntryRequest(frame)) return undefined;
    const now = this.deps.now();
    const personal = this.#room.presence.paceOf(this.#place.memberId)?.take(now) ?? 0;
    if (personal > 0) return tooFast(personal, frame);
    if (this.#hasBegun || frame.type !== "chat") return undefined;
    const permits = this.#deps.conversationsOf(this.#envelope.address);
    const wait = Math.max(...permits.map((bucket) => bucket.wait(now)));
    if (wait > 0) return tooFast(wait, frame);
    for (const bucket of permits) bucket.take(now);
    this.#hasBegun = true;
    return undefined;
  }

  #self(): Member {
    const { memberId } = this.#place;
    const { id, name } = this.#room.presence.get(memberId) ?? { id: memberId, name: memberId };
    return { id, name };
  }

  /** It cannot be opened: refuses all frames that waited for it. */
  #fail(code: RefusalCode, opening: Opening): void {
    const state = this.#state;
    if (state.is !== "opening") return;
    // After a bug, it is not opened again by itself.
    if (code === "internal") this.#ring = undefined;
    if (opening.is === "asked") this.writer.refuse(refusal(code, opening.ref));
    for (const { frame } of state.waiting) this.writer.refuse(refusal(code, refOf(frame)));
    this.leave();
  }

  #bug(error: unknown, frame: InnerUp): void {
    this.deps.onFailure(error);
    this.writer.refuse(refusal("internal", refOf(frame)));
  }
}

function tooFast(retryAfter: number, frame: InnerUp): Refusal {
  return { ...refusal("rate_limited", refOf(frame)), retryAfter };
}

function refOfOpening(opening: Opening): string | undefined {
  return opening.is === "asked" ? opening.ref : undefined;
}
