import { CloseCode, decodeUp, refOf, refusal, type UpPayload } from "@parley/protocol";
import { HELD_FRAMES_MAX, JOIN_WITHIN_MS } from "../limits/limits.ts";
import type { Cancel } from "../timing/timer-wheel.ts";
import { Answers } from "./connection-writer.ts";
import type { Connection } from "../delivery/connection.ts";
import { dispatch, type Heard, type Talk } from "./dispatch.ts";
import { join } from "./join.ts";
import { allLeft } from "./page-queue.ts";
import { TokenBucket } from "../limits/rate-limit.ts";
import type { Departure } from "../presence/presence.ts";
import type { Seat } from "./membership.ts";
import type { SessionDeps } from "./session-deps.ts";

/** What a close without a code reads as. */
const NO_CODE = 1005;

/** Where a connection is; each state holds only what it needs. */
type State =
  /** Connected, or turned away by a room, and has to join before the deadline. */
  | { readonly is: "new"; readonly deadline: Cancel }
  /** Left its room and kept the socket. */
  | { readonly is: "outside" }
  /** A join is under way, from another room or none; frames wait for its end. */
  | { readonly is: "joining"; readonly from: Seat | undefined; readonly held: Heard[] }
  | { readonly is: "inside"; readonly seat: Seat }
  /** The socket closed, in this way. */
  | { readonly is: "gone"; readonly how: Departure };

/** One connection's talk with the server, from its first frame to its last. */
export class Session implements Talk {
  readonly answers: Answers;
  readonly deps: SessionDeps;
  readonly messages: TokenBucket;
  readonly signals: TokenBucket;
  readonly #flood: TokenBucket;
  #state: State;

  constructor(connection: Connection, deps: SessionDeps) {
    const now = deps.now();
    this.deps = deps;
    this.answers = new Answers(connection, (code) => deps.onRefused(code));
    this.messages = new TokenBucket(deps.rates.messages, now);
    this.signals = new TokenBucket(deps.rates.signals, now);
    this.#flood = new TokenBucket(deps.rates.flood, now);
    this.#state = this.#awaitJoin();
  }

  /** Takes the text of one frame. Whatever it holds, the worst answer is an error (SPEC D4). */
  receive(text: string): void {
    if (!this.#admits()) return;
    const decoded = decodeUp(text);
    if (!decoded.ok) return this.answers.refuse(decoded.refusal);
    this.deps.onFrame(decoded.frame.type);
    this.#take({ frame: decoded.frame, bytes: Buffer.byteLength(text) });
  }

  /** Takes a binary frame, which nobody reads. */
  receiveBinary(): void {
    if (this.#admits()) this.answers.refuse(refusal("binary_frame"));
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
  leave(seat: Seat): void {
    this.#state = { is: "outside" };
    seat.leave("left");
  }

  /** Starts a join; the frames that come meanwhile wait for its end. */
  async enter(payload: UpPayload<"join">): Promise<void> {
    const state = this.#state;
    if (state.is === "gone" || state.is === "joining") return;
    if (state.is === "new") state.deadline();
    const from = state.is === "inside" ? state.seat : undefined;
    const joining = { is: "joining", from, held: [] as Heard[] } as const;
    this.#state = joining;
    const isWanted = () => this.#state === joining;
    let seat: Seat | undefined;
    try {
      // What a join is shown is a page of the log, and waits as any other does.
      await allLeft(this.answers.connection);
      seat = await join(this.answers, this.deps, payload, from, isWanted);
    } finally {
      this.#settle(seat, joining);
    }
  }

  /** Gives whoever is in no room yet the time to join one. */
  #awaitJoin(): State {
    const end = () => this.#end(CloseCode.silent);
    return { is: "new", deadline: this.deps.timers.after(JOIN_WITHIN_MS, end) };
  }

  /** A join is over, whatever came of it: what waited for its end goes on. */
  #settle(taken: Seat | undefined, { from, held }: Extract<State, { is: "joining" }>): void {
    const state = this.#state;
    if (state.is === "gone") return taken?.leave(state.how);
    const seat = taken ?? from;
    this.#state = seat ? { is: "inside", seat } : this.#awaitJoin();
    for (const heard of held) this.#take(heard);
  }

  #take(heard: Heard): void {
    const state = this.#state;
    if (state.is === "gone") return;
    if (state.is === "joining") return this.#hold(state.held, heard);
    const seat = state.is === "inside" ? state.seat : undefined;
    dispatch(this, seat, heard).catch((error: unknown) => {
      this.deps.onFailure(error);
      this.answers.refuse(refusal("internal", refOf(heard.frame)));
    });
  }

  #hold(held: Heard[], heard: Heard): void {
    if (held.length < HELD_FRAMES_MAX) held.push(heard);
    else this.answers.refuse(refusal("rate_limited", refOf(heard.frame)));
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
    this.answers.connection.close(code);
    this.#depart("lost");
  }

  #depart(how: Departure): void {
    const state = this.#state;
    this.#state = { is: "gone", how };
    if (state.is === "new") state.deadline();
    const seat =
      state.is === "inside" ? state.seat : state.is === "joining" ? state.from : undefined;
    seat?.leave(how);
  }
}

/**
 * Whether whoever closed with this code meant to leave. A page that goes away sends 1001; a plain
 * `close()` sends no code, which reads as 1005.
 */
function isOnPurpose(code: number): boolean {
  return code === CloseCode.left || code === NO_CODE;
}
