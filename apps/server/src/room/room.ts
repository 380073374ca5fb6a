import { encode, type DownFrame, type EntryFrame, type Member, type Since } from "@parley/protocol";
import type { Rate } from "../config.ts";
import { fanOutEntry, fanOutSignal, type Subscriber } from "../fan-out.ts";
import { encodeTextFrame, type EncodedFrame } from "../frame.ts";
import { ABSENCE_MS } from "../limits.ts";
import type { Appended, Draft, RoomLog } from "../log/log.ts";
import type { Connection } from "../session/connection.ts";
import type { Timers } from "../timer-wheel.ts";
import { Members, type Departure } from "./members.ts";
import { readOpening, type Opening } from "./opening.ts";

/** What a room needs from around it. */
export interface RoomSurroundings {
  readonly log: RoomLog;
  readonly timers: Timers;
  /** How fast a person may write in the room. */
  readonly pace: Rate;
  /** In ms since 1970. */
  now(): number;
  /** Called when the room has nobody, nobody away and nobody coming. */
  onDeserted(room: Room): void;
  /** Called with the number of sockets that an entry was written to. */
  onDelivered(sockets: number): void;
}

/** What is done with somebody who comes in, at one moment, once the log has been read. */
export interface Welcome {
  /** Tells who comes in; undefined lets nobody in. */
  admit(opening: Opening): Member | undefined;
  /** Says `joined`, before anything live. */
  greet(member: Member, opening: Opening): void;
}

/** A room on this server: who is in it, and the way from its log to their sockets. */
export class Room {
  readonly id: string;
  readonly members: Members;
  readonly #around: RoomSurroundings;
  readonly #subscribers = new Set<Subscriber>();
  readonly #following: Promise<() => void>;
  /** Joins that read the log now, and the entries that came meanwhile (SPEC R3). */
  #joining = 0;
  #arrived: { seq: number; frame: EncodedFrame }[] = [];

  constructor(id: string, around: RoomSurroundings) {
    this.id = id;
    this.#around = around;
    this.#following = around.log.follow(id, (entry) => this.#deliver(entry));
    // Every join awaits it and says why it failed.
    this.#following.catch(() => {});
    this.members = new Members(
      { ...around, absenceMs: ABSENCE_MS },
      {
        entered: (member) => this.#tell("entered", member, member.id),
        renamed: (member) => this.#tell("renamed", member),
        left: (member) => {
          this.#tell("left", member);
          this.#checkDeserted();
        },
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
    { admit, greet }: Welcome,
  ): Promise<Subscriber | undefined> {
    this.#joining += 1;
    try {
      await this.#following;
      const opening = await readOpening(this.#around.log, this.id, since);
      const member = admit(opening);
      if (!member) return undefined;
      this.members.enter(member);
      greet(member, opening);
      return this.#subscribe(connection, member, opening.head);
    } finally {
      this.#joining -= 1;
      if (this.#joining === 0) this.#arrived = [];
      this.#checkDeserted();
    }
  }

  /** Takes a socket out; its person stays or goes as SPEC P4 says. */
  leave(subscriber: Subscriber, how: Departure): void {
    if (!this.#subscribers.delete(subscriber)) return;
    this.members.depart(subscriber.memberId, how);
    this.#checkDeserted();
  }

  /** Adds to the log; everybody, the author included, hears of it once it is durable (SPEC D1). */
  append(draft: Draft): Promise<Appended> {
    return this.#around.log.append(this.id, draft);
  }

  /** Sends a frame that is in no log to all sockets, or to all but those of one person. */
  announce(frame: DownFrame, exceptMember?: string): void {
    if (this.#subscribers.size === 0) return;
    fanOutSignal(encodeTextFrame(encode(frame)), this.#subscribers, exceptMember);
  }

  /** Stops following the log. */
  async close(): Promise<void> {
    const stop = await this.#following.catch(() => undefined);
    stop?.();
  }

  #subscribe(connection: Connection, member: Member, sentUpTo: number): Subscriber {
    const subscriber = { connection, memberId: member.id, sentUpTo };
    for (const { seq, frame } of this.#arrived) fanOutEntry(seq, frame, [subscriber]);
    this.#subscribers.add(subscriber);
    return subscriber;
  }

  #deliver(entry: EntryFrame): void {
    const frame = encodeTextFrame(encode(entry));
    const { seq } = entry.payload;
    if (this.#joining > 0) this.#arrived.push({ seq, frame });
    this.#around.onDelivered(fanOutEntry(seq, frame, this.#subscribers));
  }

  #tell(type: "entered" | "left" | "renamed", member: Member, exceptMember?: string): void {
    this.announce({ type, payload: { member, count: this.members.count } }, exceptMember);
  }

  #checkDeserted(): void {
    if (this.#joining === 0 && this.members.count === 0) this.#around.onDeserted(this);
  }
}
