import type { SocketTarget } from "./bare-socket.ts";
import { CHAT, type Dialect, type Joining } from "./dialect.ts";
import { roomIdOf, type Place } from "./guest.ts";
import { Line, type LineEvents } from "./line.ts";

/** How long an attempt to join may take, in ms. */
const TRY_MAX_MS = 30_000;
/**
 * Members wait like Parley's own client before they try again: at random up to 0.5 s, then twice as
 * long each time, up to 30 s.
 */
const WAIT_FIRST_MS = 500;
const WAIT_MAX_MS = 30_000;

/** What members share. */
export interface Household {
  readonly dialect: Dialect;
  /** Whether a member that loses its connection joins again. */
  readonly isReturning: boolean;
  joiningOf(member: Occupant): Joining;
  /** A member is in; its answer is in `bytes`. */
  joined(member: Occupant, bytes: Buffer, start: number, end: number): void;
  /** A message arrived: its body starts at `body`, its frame ends at `end`. */
  message(member: Occupant, bytes: Buffer, body: number, end: number): void;
  /** The connection of a member that was in ended. */
  lost(member: Occupant): void;
  /** An attempt to join failed. */
  failed(): void;
}

type State =
  | { readonly is: "joining"; readonly line: Line; readonly giveUp: NodeJS.Timeout }
  | { readonly is: "in"; readonly line: Line }
  | { readonly is: "waiting"; readonly timer: NodeJS.Timeout }
  | { readonly is: "out" };

/** One of very many members: it keeps little, and joins again if its household returns. */
export class Occupant implements LineEvents {
  readonly place: Place;
  /** What resumes its session; undefined for servers without. */
  token: string | undefined;
  /** Whether it is the one that reads the numbers of its room's entries. */
  isWitness = false;
  readonly #target: SocketTarget;
  readonly #household: Household;
  readonly #first = Promise.withResolvers<boolean>();
  #state: State;
  #failures = 0;

  constructor(place: Place, target: SocketTarget, household: Household) {
    this.place = place;
    this.#target = target;
    this.#household = household;
    this.#state = this.#connect();
  }

  /** Whether its first attempt succeeded. */
  get joined(): Promise<boolean> {
    return this.#first.promise;
  }

  get isIn(): boolean {
    return this.#state.is === "in";
  }

  say(body: string, number: number): void {
    if (this.#state.is !== "in") return;
    this.#state.line.say(this.#household.dialect.say(body, number));
  }

  leave(): void {
    const state = this.#state;
    this.#state = { is: "out" };
    if (state.is === "joining") clearTimeout(state.giveUp);
    if (state.is === "waiting") clearTimeout(state.timer);
    else if (state.is !== "out") state.line.cut();
    this.#first.resolve(false);
  }

  opened(): void {
    if (this.#state.is !== "joining") return;
    const { dialect } = this.#household;
    const greeting = dialect.greeting(this.#household.joiningOf(this));
    if (greeting !== undefined) this.#state.line.say(greeting);
  }

  text(bytes: Buffer, start: number, end: number): void {
    const { dialect } = this.#household;
    if (bytes[start + dialect.kindAt] === CHAT) {
      this.#household.message(this, bytes, start + dialect.bodyAt, end);
      return;
    }
    const heard = dialect.hear(bytes, start, end, { roomId: roomIdOf(this.place) });
    if (heard.is === "asks" && (this.#state.is === "joining" || this.#state.is === "in")) {
      this.#state.line.say(heard.answer);
    }
    if (heard.is === "joined" && this.#state.is === "joining") this.#enter(bytes, start, end);
  }

  closed(): void {
    const state = this.#state;
    if (state.is === "out") return;
    if (state.is === "joining") {
      clearTimeout(state.giveUp);
      this.#failures += 1;
      this.#household.failed();
    } else {
      this.#failures = 0;
      this.#household.lost(this);
    }
    this.#first.resolve(false);
    if (!this.#household.isReturning) {
      this.#state = { is: "out" };
      return;
    }
    const wait = Math.random() * Math.min(WAIT_MAX_MS, WAIT_FIRST_MS * 2 ** this.#failures);
    const timer = setTimeout(() => {
      this.#state = this.#connect();
    }, wait);
    this.#state = { is: "waiting", timer };
  }

  #connect(): State {
    const line = new Line(this.#target, this);
    return { is: "joining", line, giveUp: setTimeout(() => line.cut(), TRY_MAX_MS) };
  }

  #enter(bytes: Buffer, start: number, end: number): void {
    if (this.#state.is !== "joining") return;
    clearTimeout(this.#state.giveUp);
    this.#state = { is: "in", line: this.#state.line };
    this.#household.joined(this, bytes, start, end);
    this.#first.resolve(true);
  }
}
