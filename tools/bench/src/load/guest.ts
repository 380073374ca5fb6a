import { CHAT, type Dialect, type Joining } from "./dialect.ts";
import { HttpLine } from "./http-line.ts";
import type { SocketTarget } from "./bare-socket.ts";
import { Line, type ClientLine, type LineEvents } from "./line.ts";

/** How long a client may take to join, in ms. */
const JOINED_WITHIN_MS = 30_000;

/** The room of a client, and its index in that room, each from 0. */
export interface Place {
  readonly room: number;
  readonly seat: number;
}

/** The room that a place is in, as servers know it. */
export function roomIdOf({ room }: Pick<Place, "room">): string {
  return `bench-${room}`;
}

/** Gets notified about clients. */
export interface GuestListener {
  /** A message of the room arrived: its body starts at `body`, its frame ends at `end`. */
  message(guest: Guest, bytes: Buffer, body: number, end: number): void;
  /** The connection of a joined client ended. */
  lost(guest: Guest, code: number): void;
}

/** One joined connection. Its dialect and its listener are those of its crowd. */
export class Guest implements LineEvents {
  readonly place: Place;
  readonly #dialect: Dialect;
  readonly #joining: Joining;
  readonly #listener: GuestListener;
  readonly #line: ClientLine;
  readonly #joined = Promise.withResolvers<boolean>();
  readonly #patience: NodeJS.Timeout;
  #isIn = false;

  constructor(place: Place, target: SocketTarget, dialect: Dialect, listener: GuestListener) {
    this.place = place;
    this.#dialect = dialect;
    this.#joining = { roomId: roomIdOf(place) };
    this.#listener = listener;
    this.#line =
      dialect.over === "HTTP"
        ? new HttpLine(target, this.#joining.roomId, this)
        : new Line(target, this);
    this.#patience = setTimeout(() => this.cut(), JOINED_WITHIN_MS);
  }

  /** Whether it joined its room; false also if that took too long. */
  get joined(): Promise<boolean> {
    return this.#joined.promise;
  }

  say(body: string, number: number): void {
    this.#line.say(this.#dialect.say(body, number));
  }

  /** Stops reading until `resume`. */
  pause(): void {
    this.#line.pause();
  }

  resume(): void {
    this.#line.resume();
  }

  cut(): void {
    this.#line.cut();
  }

  opened(): void {
    const greeting = this.#dialect.greeting(this.#joining);
    if (greeting !== undefined) this.#line.say(greeting);
  }

  text(bytes: Buffer, start: number, end: number): void {
    const { kindAt, bodyAt } = this.#dialect;
    if (bytes[start + kindAt] === CHAT) {
      this.#listener.message(this, bytes, start + bodyAt, end);
      return;
    }
    const heard = this.#dialect.hear(bytes, start, end, this.#joining);
    if (heard.is === "asks") this.#line.say(heard.answer);
    if (heard.is === "joined") this.#settle(true);
  }

  closed(code: number): void {
    if (this.#isIn) this.#listener.lost(this, code);
    this.#settle(false);
  }

  #settle(isIn: boolean): void {
    clearTimeout(this.#patience);
    this.#isIn = isIn;
    this.#joined.resolve(isIn);
  }
}
