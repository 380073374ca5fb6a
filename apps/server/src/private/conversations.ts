import {
  answering,
  CloseCode,
  CONVERSATIONS_OPEN_MAX,
  encode,
  errorFrame,
  refOf,
  refusal,
  type Bell,
  type InnerUp,
  type Member,
  type RangFrame,
  type Refusal,
  type UpPayload,
} from "@parley/protocol";
import { guestName } from "../identity.ts";
import { CATCH_UP_RETRY_MS, RINGS_HELD_MAX } from "../limits/limits.ts";
import type { Room } from "../rooms/room.ts";
import type { PrivatePlace, PrivateSide } from "../session/session-deps.ts";
import type { CancelTimer } from "../timing/timer-wheel.ts";
import { BellFollower, type BellEvents } from "./bell.ts";
import { Conversation, type ConversationDeps } from "./conversation.ts";
import { Envelope } from "./envelope.ts";
import { bellId, conversationId } from "../log/private-ids.ts";
import { whoIs } from "./who-is.ts";

/** The conversations that a member of a room has open over one connection, and their bell. */
export class Conversations implements PrivateSide, BellEvents {
  readonly #deps: ConversationDeps;
  readonly #place: PrivatePlace;
  readonly #bell: BellFollower;
  /** Set once the member is in it. */
  #room: Room | undefined;
  /** By the partner's id; the one that was used last comes last. Most members have none. */
  #open: Map<string, Conversation> | undefined;
  /** By the partner's id: the first ring of each whose message could not be shown yet. */
  #unheard: Map<string, RangFrame> | undefined;
  /** When these are tried again. */
  #retry: CancelTimer | undefined;
  /** Whether the client asked for its bell; otherwise a ring opens the conversation. */
  #hearsBell = false;

  constructor(deps: ConversationDeps, place: PrivatePlace) {
    this.#deps = deps;
    this.#place = place;
    const { sessions, log } = deps;
    const { roomId, memberId } = place;
    this.#bell = new BellFollower(log, bellId(roomId, memberId), sessions.timers, this);
  }

  follow(): Promise<void> {
    return this.#bell.follow();
  }

  readBell({ since }: NonNullable<UpPayload<"join">["bell"]>): Promise<Bell> {
    this.#hearsBell = true;
    return this.#bell.read(since, this.#place.writer.connection.address);
  }

  start(room: Room): void {
    this.#room = room;
    this.#bell.start();
  }

  async receive({ with: id, via, frame, ref }: UpPayload<"private">, bytes: number): Promise<void> {
    // A frame without a `ref` has that of its envelope.
    const inner = refOf(frame) === undefined ? answering<InnerUp>(frame, ref) : frame;
    const open = this.#open?.get(id);
    if (open) {
      this.#uses(id, open);
      return open.receive({ frame: inner, bytes });
    }
    if (inner.type === "leave" || !this.#room) return undefined;
    if (!this.#hasSpace()) return this.refuse(id, this.#whyNoSpace(inner));
    const { writer, signals } = this.#place;
    if (inner.type === "join") {
      const retryAfter = signals.take(this.#deps.sessions.now());
      if (retryAfter > 0) {
        return this.refuse(id, { ...refusal("rate_limited", refOf(inner)), retryAfter });
      }
    }
    const conversation = this.#create({ id, name: guestName(id) }, this.#room);
    const { roomId, memberId } = this.#place;
    const { address } = writer.connection;
    const { presence } = this.#room;
    const find = () => whoIs(this.#deps.log, { roomId, memberId, id, via, address }, presence);
    if (inner.type !== "join") {
      void conversation.receive({ frame: inner, bytes });
      await conversation.open({ is: "implied" }, find);
      return undefined;
    }
    const { since, ref: name } = inner.payload;
    await conversation.open({ is: "asked", since, ref: name }, find);
    return undefined;
  }

  refuse(memberId: string, why: Refusal): void {
    const { writer } = this.#place;
    const other = this.#room?.presence.get(memberId) ?? { id: memberId, name: guestName(memberId) };
    this.#deps.sessions.onRefused(why.code);
    new Envelope(writer.connection, () => other).send(encode(errorFrame(why)));
  }

  close(): void {
    this.#room = undefined;
    this.#retry?.();
    this.#bell.close();
    for (const conversation of this.#open?.values() ?? []) conversation.leave();
  }

  /**
   * Somebody wrote, or the member did over another connection. A client that asked for the bell gets
   * the ring; another one gets the message.
   */
  rang(ring: RangFrame): void {
    const { writer } = this.#place;
    if (this.#hearsBell) return writer.connection.send(JSON.stringify(ring));
    if (!this.#room) return undefined;
    const { id } = partnerOf(ring);
    const open = this.#open?.get(id);
    if (open) {
      this.#uses(id, open);
      return open.rang(ring);
    }
    this.#hold(id, ring);
    return this.#showUnheard();
  }

  /** The bell was reset, and the client's copy is outdated: it has to join again. */
  reset(): void {
    if (this.#hearsBell) this.#place.writer.connection.close(CloseCode.restarting);
  }

  onFailure(error: unknown): void {
    this.#deps.sessions.onFailure(error);
  }

  #create(other: Member, room: Room): Conversation {
    const logId = conversationId(room.id, this.#place.memberId, other.id);
    const conversation = new Conversation(
      logId,
      other,
      this.#place,
      room,
      this.#deps,
      (unheard) => {
        if (this.#open?.get(other.id) === conversation) this.#open.delete(other.id);
        if (!unheard || !this.#room) return;
        this.#hold(other.id, unheard);
        this.#showLater();
      },
    );
    this.#open ??= new Map();
    this.#open.set(other.id, conversation);
    const ring = this.#unheard?.get(other.id);
    this.#unheard?.delete(other.id);
    if (ring) conversation.rang(ring);
    return conversation;
  }

  /** Keeps a ring whose message could not be shown; the messages after it come with that one. */
  #hold(id: string, ring: RangFrame): void {
    this.#unheard ??= new Map();
    if (!this.#unheard.has(id) && this.#unheard.size < RINGS_HELD_MAX) this.#unheard.set(id, ring);
  }

  #showLater(): void {
    this.#retry ??= this.#deps.sessions.timers.after(CATCH_UP_RETRY_MS, () => {
      this.#retry = undefined;
      this.#showUnheard();
    });
  }

  /** Opens the conversations whose rings wait, as far as there is space. */
  #showUnheard(): void {
    for (const ring of this.#unheard?.values() ?? []) {
      if (!this.#room) return;
      if (!this.#hasSpace()) return this.#showLater();
      const other = partnerOf(ring);
      const conversation = this.#create(other, this.#room);
      conversation
        .open({ is: "implied" }, async () => other)
        .then(
          () => conversation.isIdle && this.#showUnheard(),
          (error: unknown) => this.onFailure(error),
        );
    }
  }

  /** It is the one that was used last. */
  #uses(id: string, conversation: Conversation): void {
    this.#open?.delete(id);
    this.#open?.set(id, conversation);
  }

  /** Makes space for one more: closes the least recently used of those that the client did not ask for. */
  #hasSpace(): boolean {
    if (!this.#open || this.#open.size < CONVERSATIONS_OPEN_MAX) return true;
    const idle = [...this.#open.values()].find((each) => each.isIdle);
    idle?.leave();
    return idle !== undefined;
  }

  /** One that the client did not ask for is in use only for a moment. */
  #whyNoSpace(inner: InnerUp): Refusal {
    const all = [...(this.#open?.values() ?? [])];
    if (all.every((each) => each.isAsked)) return refusal("too_many_conversations", refOf(inner));
    return { ...refusal("rate_limited", refOf(inner)), retryAfter: CATCH_UP_RETRY_MS };
  }
}

/** The other member of the conversation that rang. */
function partnerOf({ payload: { from, to } }: RangFrame): Member {
  return to === undefined ? from : { id: to, name: guestName(to) };
}
