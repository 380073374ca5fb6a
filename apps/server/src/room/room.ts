import type { Member, Since } from "@parley/protocol";
import type { Rate } from "../config.ts";
import { FanOut } from "../fan-out.ts";
import { ABSENCE_MS, CATCH_UP_RETRY_MS } from "../limits.ts";
import type { Appended, Draft, RoomLog } from "../log/log.ts";
import { PAGE_BYTES_MAX } from "../page-size.ts";
import type { Connection } from "../session/connection.ts";
import type { FlushClock } from "../soon.ts";
import type { Subscriber } from "../subscriber.ts";
import type { Timers } from "../timer-wheel.ts";
import { News, type NewsRates } from "./news.ts";
import { readOpening, type Opening } from "./opening.ts";
import type { Departure, People, PeopleOf } from "./people.ts";

/** What a room needs from around it. */
export interface RoomSurroundings {
  readonly log: RoomLog;
  readonly peopleOf: PeopleOf;
  readonly timers: Timers;
  /** The clock of the fan-out's windows; the machine's unless another is given. */
  readonly flushClock?: FlushClock;
  /** How fast a person may write in the room. */
  readonly pace: Rate;
  readonly newsRates: NewsRates;
  /** In ms since 1970. */
  now(): number;
  /** Called when the room has nobody, nobody away and nobody coming. */
  onDeserted(room: Room): void;
  /** Called with the number of entries written, one for each socket. */
  onDelivered(entries: number): void;
}

/** What is done with somebody who comes in, at one moment, once the log has been read. */
export interface Welcome {
  /** Tells who comes in; undefined lets nobody in. */
  admit(opening: Opening): Member | undefined;
  /** Says `joined`, before anything live; again where the log turned out to be another one. */
  greet(member: Member, opening: Opening): void;
}

/** An answer that was found in the log, to one socket. */
export interface LogAnswer {
  /** The newest `seq` that it holds, 0 where it holds none. */
  readonly newest: number;
  send(): void;
}

/** A room on this server: who is in it, and the way from its log to their sockets. */
export class Room {
  readonly id: string;
  readonly members: People;
  readonly #around: RoomSurroundings;
  readonly #fanOut: FanOut;
  readonly #news: News;
  readonly #following: Promise<() => void>;
  /** How to say `joined` to whoever is here. */
  readonly #welcomes = new Map<Subscriber, Welcome>();
  /** Joins that read the log now. */
  #joining = 0;

  constructor(id: string, around: RoomSurroundings) {
    this.id = id;
    this.#around = around;
    this.#fanOut = new FanOut({
      ...around,
      readAfter: async (after, limit) =>
        (await around.log.read(id, { after, limit, enough: PAGE_BYTES_MAX })).entries,
    });
    this.#following = around.log.follow(
      id,
      (entry) => this.#fanOut.entry(entry),
      () => void this.#startAnew(),
    );
    // Every join awaits it and says why it failed.
    this.#following.catch(() => {});
    this.#news = new News(
      this.#fanOut,
      { ...around, ...around.newsRates },
      () => this.members.count,
    );
    this.members = around.peopleOf(
      id,
      { ...around, absenceMs: ABSENCE_MS },
      {
        entered: (member) => this.#news.moved("entered", member),
        renamed: (member) => this.#news.moved("renamed", member),
        left: (member) => this.#news.moved("left", member),
        typing: (member, on) => this.#news.typing(member, on),
        emptied: () => this.#checkDeserted(),
      },
    );
  }

  /**
   * Lets a socket in: follows first, then reads, then sends what came meanwhile (SPEC R3).
   * Throws LogUnavailable.
   * @returns the subscription, for `leave`, or undefined
   */
  async join(
    connection: Connection,
    since: Since | undefined,
    welcome: Welcome,
  ): Promise<Subscriber | undefined> {
    this.#joining += 1;
    try {
      await this.#following;
      const { log } = this.#fanOut;
      const opening = await readOpening(this.#around.log, this.id, since);
      const member = welcome.admit(opening);
      if (!member) return undefined;
      await this.members.enter(member);
      try {
        const current = log === this.#fanOut.log ? opening : await this.#readCurrent(since);
        welcome.greet(member, current);
        const subscriber = this.#fanOut.add(connection, member.id, current.head);
        this.#welcomes.set(subscriber, welcome);
        return subscriber;
      } catch (error) {
        this.members.depart(member.id, "lost");
        throw error;
      }
    } finally {
      this.#joining -= 1;
      this.#checkDeserted();
    }
  }

  /** Whether a subscription was not given up yet. */
  holds(subscriber: Subscriber): boolean {
    return this.#fanOut.has(subscriber);
  }

  /** Takes a socket out; its person stays or goes as SPEC P4 says. */
  leave(subscriber: Subscriber, how: Departure): void {
    if (!this.holds(subscriber)) return;
    // What was said before is echoed: it was acknowledged to nobody yet (SPEC D1).
    this.#fanOut.flush();
    this.#fanOut.remove(subscriber);
    this.#welcomes.delete(subscriber);
    this.members.depart(subscriber.memberId, how);
    this.#checkDeserted();
  }

  /** Adds to the log; everybody, the author included, hears of it once it is durable (SPEC D1). */
  append(draft: Draft): Promise<Appended> {
    return this.#around.log.append(this.id, draft);
  }

  /**
   * Answers a socket from the log: after the entries that the answer holds, as the stream sends
   * them, and with nothing of a log that is no longer the room's; then it is asked for again.
   * A socket that has left is not answered. Throws what `ask` throws.
   * @param ask finds the answer, or undefined where the stream is the answer
   */
  async answer(subscriber: Subscriber, ask: () => Promise<LogAnswer | undefined>): Promise<void> {
    for (;;) {
      const { log } = this.#fanOut;
      const answer = await ask();
      if (!answer) return;
      if (log === this.#fanOut.log) await this.#fanOut.sent(subscriber, answer.newest);
      if (!this.holds(subscriber)) return;
      if (log === this.#fanOut.log) return answer.send();
    }
  }

  /** Sends all entries that came, so that an answer to one connection stands after them. */
  flush(): void {
    this.#fanOut.flush();
  }

  /** Tells everybody but one person, on every server, that somebody is typing, or no longer. */
  announceTyping(member: Member, on: boolean): void {
    this.members.announceTyping(member, on);
  }

  /** Stops following the log. */
  async close(): Promise<void> {
    this.members.close();
    this.#news.close();
    const stop = await this.#following.catch(() => undefined);
    stop?.();
  }

  /** Reads what somebody is shown who comes in while the log turns out to be another one. */
  async #readCurrent(since: Since | undefined): Promise<Opening> {
    for (;;) {
      const { log } = this.#fanOut;
      const opening = await readOpening(this.#around.log, this.id, since);
      if (log === this.#fanOut.log) return opening;
    }
  }

  /** The log is another one: everybody is told so, with a window of it (SPEC O3, R5). */
  async #startAnew(): Promise<void> {
    const told = this.#fanOut.hold();
    const { log } = this.#fanOut;
    const opening = await this.#readWindow();
    if (log !== this.#fanOut.log) return;
    for (const subscriber of told) {
      const member = this.members.get(subscriber.memberId);
      if (member) this.#welcomes.get(subscriber)?.greet(member, opening);
    }
    this.#fanOut.resume(told, opening.head);
  }

  /** Reads the last entries, for as often as it takes. */
  async #readWindow(): Promise<Opening> {
    for (;;) {
      try {
        return await readOpening(this.#around.log, this.id, undefined);
      } catch {
        await new Promise<void>((resolve) => {
          this.#around.timers.after(CATCH_UP_RETRY_MS, resolve);
        });
      }
    }
  }

  #checkDeserted(): void {
    if (this.#joining === 0 && this.members.hereCount === 0) this.#around.onDeserted(this);
  }
}
