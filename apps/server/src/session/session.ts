import { CloseCode, decodeUp, refOf, refusal, type UpPayload } from "@parley/protocol";
import { HELD_FRAMES_MAX, JOIN_WITHIN_MS } from "../limits/limits.ts";
import type { CancelTimer } from "../timing/timer-wheel.ts";
import { ConnectionWriter } from "./connection-writer.ts";
import type { Connection } from "../delivery/connection.ts";
import { dispatch, type ReceivedFrame, type DispatchContext } from "./dispatch.ts";
import { join } from "./join.ts";
import { drained, PageQueue } from "./page-queue.ts";
import { TokenBucket } from "../limits/rate-limit.ts";
import type { Departure } from "../presence/presence.ts";
import type { Membership } from "./membership.ts";
import type { SessionDeps } from "./session-deps.ts";

/** The code that ws reports when the peer closed without one. */
const NO_CODE = 1005;

/** Where a connection is; each state holds only what it needs. */
type State =
  /** Connected, or turned away by a room, and has to join before the deadline. */
  | { readonly is: "new"; readonly deadline: CancelTimer }
  /** Left its room and kept the socket. */
  | { readonly is: "outside" }
  /** A join is under way, from another room or none; frames wait for its end. */
  | {
      readonly is: "joining";
      readonly from: Membership | undefined;
      readonly waiting: ReceivedFrame[];
    }
  | { readonly is: "inside"; readonly membership: Membership }
  /** The socket closed, in this way. */
  | { readonly is: "gone"; readonly how: Departure };

/** The session of one connection, from its first frame to its last. */
export class Session implements DispatchContext {
  readonly writer: ConnectionWriter;
  readonly deps: SessionDeps;
  readonly messages: TokenBucket;
  readonly signals: TokenBucket;
  readonly pages: PageQueue;
  nextFile: UpPayload<"file"> | undefined;
  readonly #flood: TokenBucket;
  #state: State;

  constructor(connection: Connection, deps: SessionDeps) {
    const now = deps.now();
    this.deps = deps;
    this.writer = new ConnectionWriter(connection, deps);
    this.messages = new TokenBucket(deps.rates.messages, now);
    this.signals = new TokenBucket(deps.rates.signals, now);
    this.pages = new PageQueue(connection);
    this.#flood = new TokenBucket(deps.rates.flood, now);
    this.#state = this.#awaitJoin();
  }

  /**
   * Takes the text of one frame. A frame that cannot be read is answered with an error (SPEC D4).
   */
  receive(text: string): void {
    if (!this.#admits()) return;
    const decoded = decodeUp(text);
    if (!decoded.ok) {
      const { with: memberId, refusal } = decoded;
      const privately = memberId === undefined ? undefined : this.#membership?.privately;
      if (memberId === undefined || !privately) return this.writer.refuse(refusal);
      return privately.refuse(memberId, refusal);
    }
    this.deps.onFrame(decoded.frame.type);
    this.#handle({ frame: decoded.frame, bytes: Buffer.byteLength(text) });
  }

  /**
   * Takes a binary frame: a file of its sender.
   * @param done called once nothing of it is held any more
   */
  receiveBinary(data: Uint8Array, done = () => {}): void {
    if (!this.#admits()) return done();
    this.deps.onFrame("file");
    this.#handle({ frame: { type: "file", payload: {} }, bytes: 0, data, done });
  }

  /** A ping or a pong came, which the socket deals with itself: too many are a flood all the same. */
  receiveControl(): void {
    this.#admits();
  }

  /** The socket closed with this code; 1006 stands for none (SPEC P4). */
  closed(code: number): void {
    this.#depart(isOnPurpose(code) ? "left" : "lost");
  }

  /** Leaves the room and keeps the socket. */
  leave(membership: Membership): void {
    this.#state = { is: "outside" };
    membership.leave("left");
  }

  /** Starts a join; frames that come before its end wait. */
  async enter(payload: UpPayload<"join">): Promise<void> {
    const state = this.#state;
    if (state.is === "gone" || state.is === "joining") return;
    if (state.is === "new") state.deadline();
    const from = state.is === "inside" ? state.membership : undefined;
    const joining = { is: "joining", from, waiting: [] as ReceivedFrame[] } as const;
    this.#state = joining;
    const isWanted = () => this.#state === joining;
    let membership: Membership | undefined;
    try {
      // What a join is shown is a page of the log: like every page, it waits until those before left.
      await drained(this.writer.connection);
      membership = await join(this, payload, from, isWanted);
    } finally {
      this.#endJoin(membership, joining);
    }
  }

  get #membership(): Membership | undefined {
    return this.#state.is === "inside" ? this.#state.membership : undefined;
  }

  /** Gives a connection that is in no room the time to join one. */
  #awaitJoin(): State {
    const end = () => this.#end(CloseCode.silent);
    return { is: "new", deadline: this.deps.timers.after(JOIN_WITHIN_MS, end) };
  }

  /** A join has ended, with or without success: the frames that waited are handled. */
  #endJoin(
    taken: Membership | undefined,
    { from, waiting }: Extract<State, { is: "joining" }>,
  ): void {
    const state = this.#state;
    if (state.is === "gone") return taken?.leave(state.how);
    const membership = taken ?? from;
    this.#state = membership ? { is: "inside", membership } : this.#awaitJoin();
    for (const received of waiting) this.#handle(received);
  }

  #handle(received: ReceivedFrame): void {
    const state = this.#state;
    if (state.is === "gone") return received.done?.();
    if (state.is === "joining") return this.#queue(state.waiting, received);
    void this.#dispatch(received);
  }

  async #dispatch(received: ReceivedFrame): Promise<void> {
    try {
      await dispatch(this, this.#membership, received);
    } catch (error) {
      this.deps.onFailure(error);
      this.writer.refuse(refusal("internal", refOf(received.frame)));
    } finally {
      received.done?.();
    }
  }

  #queue(waiting: ReceivedFrame[], received: ReceivedFrame): void {
    if (waiting.length < HELD_FRAMES_MAX) return void waiting.push(received);
    this.writer.refuse(refusal("rate_limited", refOf(received.frame)));
    received.done?.();
  }

  /** Whether a frame is read at all. */
  #admits(): boolean {
    if (this.#state.is === "gone") return false;
    if (this.#flood.take(this.deps.now()) === 0) return true;
    this.#end(CloseCode.flooding);
    return false;
  }

  /** Closes the socket; what the peer still sends is not read. */
  #end(code: CloseCode): void {
    this.writer.connection.close(code);
    this.#depart("lost");
  }

  #depart(how: Departure): void {
    const state = this.#state;
    this.#state = { is: "gone", how };
    if (state.is === "new") state.deadline();
    // The join may never end: it may wait until something is read that nobody will read any more.
    if (state.is === "joining") for (const { done } of state.waiting.splice(0)) done?.();
    const membership =
      state.is === "inside" ? state.membership : state.is === "joining" ? state.from : undefined;
    membership?.leave(how);
  }
}

/**
 * Whether a peer that closed with this code meant to leave. A page that goes away sends 1001; a plain
 * `close()` sends no code, which reads as 1005.
 */
function isOnPurpose(code: number): boolean {
  return code === CloseCode.left || code === NO_CODE;
}
