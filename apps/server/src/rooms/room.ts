import { CloseCode, type Member, type Since } from "@parley/protocol";
import type { Rate } from "../limits/rates.ts";
import { FanOut } from "../delivery/fan-out.ts";
import { ABSENCE_MS, CATCH_UP_RETRY_MS } from "../limits/limits.ts";
import { LogUnavailable, type Appended, type Draft, type RoomLog } from "../log/log.ts";
import { PAGE_BYTES_MAX } from "../delivery/page-size.ts";
import type { Connection } from "../delivery/connection.ts";
import type { FlushClock } from "../timing/flush-clock.ts";
import type { Subscriber } from "../delivery/subscriber.ts";
import type { Timers } from "../timing/timer-wheel.ts";
import {
  PresenceAnnouncer,
  type AnnouncementRates,
  type Attendance,
} from "./presence-announcer.ts";
import { readJoinSnapshot, type JoinSnapshot } from "./join-snapshot.ts";
import type { Departure, Presence, OpenPresence } from "../presence/presence.ts";

/** What a room depends on. */
export interface RoomDeps {
  readonly log: RoomLog;
  readonly openPresence: OpenPresence;
  readonly timers: Timers;
  /** The clock of the fan-out's windows; the machine's unless another is given. */
  readonly flushClock?: FlushClock;
  /** How fast a member may write in the room. */
  readonly pace: Rate;
  readonly announcementRates: AnnouncementRates;
  /** In ms since 1970. */
  now(): number;
  /** Called when the room has nobody, nobody away and nobody coming. */
  onDeserted(room: Room): void;
  /** Called with the number of entries written, one for each socket. */
  onDelivered(entries: number): void;
  /** Something failed that should not have: a bug. */
  onFailure(error: unknown): void;
}

/** What a join does with the room: it prepares while the log is read, admits, and greets. */
export interface JoinHandler {
  /** Does what else must be done first, while the log is read. Throws LogUnavailable. */
  prepare?(): Promise<void>;
  /** Gives the member who comes in; undefined lets nobody in. */
  admit(snapshot: JoinSnapshot): Member | undefined;
  /** Sends `joined` before any live frame, and again after a reset. */
  greet(member: Member, snapshot: JoinSnapshot): void;
}

/** An answer that was found in the log, to one socket. */
export interface LogAnswer {
  /** The newest `seq` that it holds, 0 if it holds none. */
  readonly newest: number;
  send(): void;
}

/** A room on this server: who is in it, and the way from its log to their sockets. */
export class Room {
  readonly id: string;
  readonly presence: Presence;
  readonly #deps: RoomDeps;
  readonly #fanOut: FanOut;
  readonly #announcer: PresenceAnnouncer;
  readonly #following: Promise<() => void>;
  /** How to say `joined` to each socket that is here. */
  readonly #handlers = new Map<Subscriber, JoinHandler>();
  /** Joins that read the log now, and visits. */
  #joining = 0;
  #lifecycle: "open" | "closed" = "open";

  constructor(id: string, deps: RoomDeps) {
    this.id = id;
    this.#deps = deps;
    this.#fanOut = new FanOut({
      ...deps,
      readAfter: async (after, limit) =>
        (await deps.log.read(id, { after, limit, enough: PAGE_BYTES_MAX })).entries,
      onFailure: (subscriber, error) => this.#cutOff([subscriber], error),
    });
    this.#following = deps.log.follow(
      id,
      (entry) => this.#fanOut.entry(entry),
      () => this.#onReset(),
    );
    // Every join awaits it and says why it failed.
    // oxlint-disable-next-line house/no-bare-catch -- for joins to look at
    this.#following.catch(() => {});
    this.presence = deps.openPresence(
      id,
      { ...deps, absenceMs: ABSENCE_MS },
      {
        entered: (member) => this.#announcer.changed("entered", member),
        renamed: (member) => this.#announcer.changed("renamed", member),
        left: (member) => this.#announcer.changed("left", member),
        counted: () => this.#announcer.counted(),
        typing: (member, on) => this.#announcer.typing(member, on),
        emptied: () => this.#checkDeserted(),
      },
    );
    this.#announcer = new PresenceAnnouncer(
      this.#fanOut,
      { ...deps, ...deps.announcementRates },
      this.presence,
    );
  }

  /**
   * Lets a socket in: follows the log first, then reads it, then sends what came since (SPEC R3).
   * Throws LogUnavailable.
   * @returns the subscription, for `leave`, or undefined
   */
  async join(
    connection: Connection,
    since: Since | undefined,
    handler: JoinHandler,
  ): Promise<Subscriber | undefined> {
    this.#joining += 1;
    try {
      await this.#following;
      const { address } = connection;
      let { generation } = this.#fanOut;
      let [snapshot] = await Promise.all([
        readJoinSnapshot(this.#deps.log, this.id, since, address),
        handler.prepare?.(),
      ]);
      const member = handler.admit(snapshot);
      if (!member) return undefined;
      await this.presence.enter(member);
      try {
        // Nothing comes between the look at which log it is and the greeting.
        while (generation !== this.#fanOut.generation) {
          ({ generation } = this.#fanOut);
          snapshot = await readJoinSnapshot(this.#deps.log, this.id, since, address);
        }
        handler.greet(member, snapshot);
        const { head, entries } = snapshot;
        const shown = connection.sendsAll ? (entries.at(-1)?.payload.seq ?? head) : head;
        const subscriber = this.#fanOut.add(connection, member.id, shown, head);
        this.#handlers.set(subscriber, handler);
        return subscriber;
      } catch (error) {
        this.presence.depart(member.id, "lost");
        throw error;
      }
    } finally {
      this.#joining -= 1;
      this.#checkDeserted();
    }
  }

  /**
   * Acts on the room without being in it; the room stays open until it is done. Throws
   * LogUnavailable.
   */
  async visit<Result>(act: (room: Room) => Promise<Result>): Promise<Result> {
    this.#joining += 1;
    try {
      await this.#following;
      return await act(this);
    } finally {
      this.#joining -= 1;
      this.#checkDeserted();
    }
  }

  /** Which log the room has: another number after a reset. */
  get generation(): number {
    return this.#fanOut.generation;
  }

  /** Who is here, as a member is shown it who joins now. */
  shownTo(self: Member): Attendance {
    return this.#announcer.shownTo(self);
  }

  /** Whether a subscription was not given up yet. */
  holds(subscriber: Subscriber): boolean {
    return this.#fanOut.has(subscriber);
  }

  /** Takes a socket out; its member stays or goes as SPEC P4 says. */
  leave(subscriber: Subscriber, how: Departure): void {
    if (!this.holds(subscriber)) return;
    // What was said before is echoed: it was acknowledged to nobody yet (SPEC D1).
    this.#fanOut.flushTo(subscriber);
    this.#fanOut.remove(subscriber);
    this.#handlers.delete(subscriber);
    this.presence.depart(subscriber.memberId, how);
    this.#checkDeserted();
  }

  /** Adds to the log; everybody, the author included, hears of it once it is durable (SPEC D1). */
  append(draft: Draft): Promise<Appended> {
    return this.#deps.log.append(this.id, draft);
  }

  /**
   * Answers a socket from the log: after the entries that the answer holds, as the stream sends
   * them, and with nothing of a log that is no longer the room's; then it is asked for again.
   * A socket that has left is not answered. Throws what `ask` throws.
   * @param ask finds the answer, or undefined if the stream is the answer
   * @param found the answer, if it was asked for already, in this generation of the log
   */
  async answer(
    subscriber: Subscriber,
    ask: () => Promise<LogAnswer | undefined>,
    found?: { readonly generation: number; readonly answer: LogAnswer | undefined },
  ): Promise<void> {
    for (let first = found; ; first = undefined) {
      const { generation } = first ?? this.#fanOut;
      const answer = first ? first.answer : await ask();
      if (!answer) return;
      if (generation === this.#fanOut.generation)
        await this.#fanOut.sent(subscriber, answer.newest);
      if (!this.holds(subscriber)) return;
      if (generation === this.#fanOut.generation) return answer.send();
    }
  }

  /** Sends all entries that came, so that an answer to one connection stands after them. */
  flush(): void {
    this.#fanOut.flush();
  }

  /** Tells everybody but one member, on every server, that they type, or no longer. */
  announceTyping(member: Member, on: boolean): void {
    if (!this.#announcer.tellsTyping(member, on)) return;
    this.presence.announceTyping(member, on);
  }

  /** Stops following the log and all retries. */
  async close(): Promise<void> {
    this.#lifecycle = "closed";
    this.presence.close();
    this.#announcer.close();
    // A join was told why it failed; nothing follows then.
    // oxlint-disable-next-line house/no-bare-catch -- a join looked at it
    const stop = await this.#following.catch(() => undefined);
    stop?.();
  }

  /**
   * Another log took the place of this one: sends everybody a window of the new one (SPEC O3, R5).
   */
  #onReset(): void {
    const told = this.#fanOut.pause();
    void this.#sendReset(told, this.#fanOut.generation);
  }

  /**
   * Tells them, and retries while the log is away, until the room is closed here or another reset
   * comes.
   */
  async #sendReset(told: readonly Subscriber[], generation: number): Promise<void> {
    const isOver = () => this.#lifecycle === "closed" || generation !== this.#fanOut.generation;
    if (isOver()) return;
    try {
      const snapshot = await readJoinSnapshot(this.#deps.log, this.id, undefined);
      if (isOver()) return;
      for (const subscriber of told) {
        const member = this.presence.get(subscriber.memberId);
        if (member) this.#handlers.get(subscriber)?.greet(member, snapshot);
      }
      this.#fanOut.resume(told, snapshot.head);
    } catch (error) {
      if (error instanceof LogUnavailable) {
        this.#deps.timers.after(CATCH_UP_RETRY_MS, () => void this.#sendReset(told, generation));
        return;
      }
      this.#cutOff(told, error);
      if (!isOver()) this.#fanOut.resume([], 0);
    }
  }

  /** A bug keeps them from being told of the log: they are disconnected, and join again. */
  #cutOff(subscribers: readonly Subscriber[], error: unknown): void {
    this.#deps.onFailure(error);
    for (const subscriber of subscribers.filter((each) => this.holds(each))) {
      this.leave(subscriber, "lost");
      subscriber.connection.close(CloseCode.restarting);
    }
  }

  #checkDeserted(): void {
    if (this.#joining === 0 && this.presence.localCount === 0) this.#deps.onDeserted(this);
  }
}
