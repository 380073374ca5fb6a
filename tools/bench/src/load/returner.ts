import type { DownFrame, DownPayload } from "@parley/protocol";
import { parleyDialect, type Resume } from "./dialect.ts";
import type { SocketTarget } from "./bare-socket.ts";
import { Line, type LineEvents } from "./line.ts";
import type { Place } from "./guest.ts";

/**
 * Waits like Parley's own client: at random up to 0.5 s, then twice as long each time, up to 30 s.
 */
const WAIT_FIRST_MS = 500;
const WAIT_MAX_MS = 30_000;
/** Like that client, it gives up an attempt that has not joined after this long, in ms. */
const TRY_MAX_MS = 10_000;

/** Gets notified about clients that reconnect. */
export interface Welcome {
  /** In the room; `missed` entries came with the join. */
  joined(guest: Returner, how: "first" | "resumed" | "reset", missed: number): void;
  /** An entry of the room arrived, live or with a join. */
  entry(guest: Returner, id: string): void;
  /** An entry was not the next one. */
  outOfOrder(): void;
  /** An attempt to connect or to join failed. */
  failed(): void;
}

type State =
  | {
      readonly is: "joining";
      readonly line: Line;
      readonly failures: number;
      readonly giveUp: NodeJS.Timeout;
    }
  | { readonly is: "in"; readonly line: Line }
  | { readonly is: "waiting"; readonly timer: NodeJS.Timeout }
  | { readonly is: "gone" };

/**
 * A Parley client that reconnects: when the connection ends it waits like the real client, joins
 * with what it knows of the log, and checks that every entry is the next one.
 */
export class Returner implements LineEvents {
  readonly place: Place;
  readonly #target: SocketTarget;
  readonly #welcome: Welcome;
  #state: State;
  #resume: Resume | undefined;

  constructor(place: Place, target: SocketTarget, welcome: Welcome) {
    this.place = place;
    this.#target = target;
    this.#welcome = welcome;
    this.#state = this.#connect(0);
  }

  get isIn(): boolean {
    return this.#state.is === "in";
  }

  /** The last entry that it has, 0 before the first. */
  get seq(): number {
    return this.#resume?.since.seq ?? 0;
  }

  say(message: string, id: string): void {
    if (this.#state.is !== "in") return;
    this.#state.line.say(JSON.stringify({ type: "chat", payload: { message, id } }));
  }

  /** Leaves for good. */
  leave(): void {
    const state = this.#state;
    this.#state = { is: "gone" };
    if (state.is === "joining") clearTimeout(state.giveUp);
    if (state.is === "waiting") clearTimeout(state.timer);
    else if (state.is !== "gone") state.line.cut();
  }

  opened(): void {
    if (this.#state.is !== "joining") return;
    const roomId = `bench-${this.place.room}`;
    const joining = this.#resume ? { roomId, resume: this.#resume } : { roomId };
    const greeting = parleyDialect.greeting(joining);
    if (greeting !== undefined) this.#state.line.say(greeting);
  }

  text(bytes: Buffer, start: number, end: number): void {
    const frame = JSON.parse(bytes.toString("utf8", start, end)) as DownFrame;
    if (frame.type === "joined") this.#enter(frame.payload);
    else if (frame.type === "chat") this.#take(frame.payload);
    // A refused join is a failed attempt; the close that follows starts the next.
    else if (frame.type === "error" && this.#state.is === "joining") this.#state.line.cut();
  }

  closed(): void {
    if (this.#state.is === "gone") return;
    const failures = this.#failuresSoFar();
    if (failures > 0) this.#welcome.failed();
    const wait = Math.random() * Math.min(WAIT_MAX_MS, WAIT_FIRST_MS * 2 ** failures);
    const timer = setTimeout(() => {
      this.#state = this.#connect(failures);
    }, wait);
    this.#state = { is: "waiting", timer };
  }

  #connect(failures: number): State {
    const line = new Line(this.#target, this);
    return { is: "joining", line, failures, giveUp: setTimeout(() => line.cut(), TRY_MAX_MS) };
  }

  /** The connection ended: how many attempts in a row have failed. */
  #failuresSoFar(): number {
    if (this.#state.is !== "joining") return 0;
    clearTimeout(this.#state.giveUp);
    return this.#state.failures + 1;
  }

  #enter({ token, epoch, head, recovered, missed, entries }: DownPayload<"joined">): void {
    if (this.#state.is !== "joining") return;
    clearTimeout(this.#state.giveUp);
    const before = this.#resume;
    this.#state = { is: "in", line: this.#state.line };
    if (!before || !recovered) {
      this.#resume = { token, since: { epoch, seq: head, ...idOfLast(entries) } };
      this.#welcome.joined(this, before ? "reset" : "first", 0);
      return;
    }
    for (const { payload } of entries) this.#take(payload);
    if (this.seq !== head) this.#welcome.outOfOrder();
    this.#welcome.joined(this, "resumed", missed);
  }

  #take({ seq, id }: { readonly seq: number; readonly id: string }): void {
    if (!this.#resume) return;
    if (seq !== this.seq + 1) this.#welcome.outOfOrder();
    const { token, since } = this.#resume;
    this.#resume = { token, since: { epoch: since.epoch, seq, id } };
    this.#welcome.entry(this, id);
  }
}

function idOfLast(entries: DownPayload<"joined">["entries"]): { id?: string } {
  const last = entries.at(-1);
  return last ? { id: last.payload.id } : {};
}
