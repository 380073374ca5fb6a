import type { Member } from "@parley/protocol";
import type { Rate } from "../limits/rates.ts";
import type { TokenBucket } from "../limits/rate-limit.ts";
import type { Timers } from "../timing/timer-wheel.ts";

/** How a socket goes: `left` on purpose, or `lost` (SPEC P4). */
export type Departure = "left" | "lost";

export interface PresenceDeps {
  /** How long a member whose last socket was lost stays on the list, in ms. */
  readonly absenceMs: number;
  readonly pace: Rate;
  readonly timers: Timers;
  /** In ms. */
  now(): number;
  /** Told of an error that is a bug: nothing waits for what failed. */
  onFailure(error: unknown): void;
}

/** What is told of the members of a room; `count` holds already what is told. */
export interface PresenceEvents {
  entered(member: Member): void;
  left(member: Member, how: Departure): void;
  renamed(member: Member): void;
  /** The number of members is another one, and nobody is told of it. */
  counted(): void;
  typing(member: Member, on: boolean): void;
  /** Nobody is here any more, and nobody is away from here. */
  emptied(): void;
}

/**
 * Who is in a room: members rather than sockets, over all servers that share it (SPEC P1 to P4).
 * One contract suite (presence.contract.ts) holds for every implementation.
 */
export interface Presence {
  /** How many members the room has. */
  readonly count: number;
  /**
   * How many members the room has, on all servers; also if this one has none. It may throw
   * LogUnavailable.
   */
  counted(): Promise<number>;
  /** How many of them have a socket on this server, or are away from it. */
  readonly localCount: number;
  /** The first members by time of arrival, at most as many as `joined` lists. */
  list(): Member[];
  /** A member who is on the list, as far as this server knows. */
  get(id: string): Member | undefined;
  /** A member of the room, on any server, also one whom no list has. It may throw LogUnavailable. */
  find(id: string): Promise<Member | undefined>;
  /** The permits of a member who is here. */
  paceOf(id: string): TokenBucket | undefined;
  /**
   * A socket of this member comes in. A member who was in the room, or only away, is not announced.
   * @returns if other servers share the room, what to wait for; it may throw LogUnavailable,
   * and then nobody came in
   */
  enter(member: Member): Promise<void> | undefined;
  /** The member takes this name; a name that they have already is not announced. */
  rename(member: Member): void;
  /** A socket of this member goes; with the last one the member goes, at once or later. */
  depart(id: string, how: Departure): void;
  /** Says that a member types, or no longer; it is lost if it cannot be said now. */
  announceTyping(member: Member, on: boolean): void;
  /** The room is given up here. */
  close(): void;
}

/** Opens the presence of a room. */
export type OpenPresence = (roomId: string, deps: PresenceDeps, events: PresenceEvents) => Presence;
