import { MEMBERS_LISTED_MAX, type Member } from "@parley/protocol";
import type { Rate } from "../config.ts";
import { TokenBucket } from "../rate-limit.ts";
import type { Cancel, Timers } from "../timer-wheel.ts";

/** One person, over all their sockets in the room (SPEC P1). */
interface Presence {
  member: Member;
  /** `here` with that many sockets, or `away` until the timer takes the person off the list. */
  state: { is: "here"; sockets: number } | { is: "away"; cancel: Cancel };
  /** How fast the person may write here, over all their connections. */
  readonly pace: TokenBucket;
}

export interface MembersRules {
  /** How long somebody whose last socket was lost stays on the list, in ms. */
  readonly absenceMs: number;
  readonly pace: Rate;
  readonly timers: Timers;
  /** In ms. */
  now(): number;
}

/** How a socket goes: `left` on purpose, or `lost` (SPEC P4). */
export type Departure = "left" | "lost";

export interface MembersEvents {
  entered(member: Member): void;
  left(member: Member): void;
  renamed(member: Member): void;
}

/** Who is in a room: people rather than sockets (SPEC P1 to P4). */
export class Members {
  readonly #present = new Map<string, Presence>();
  readonly #rules: MembersRules;
  readonly #events: MembersEvents;

  constructor(rules: MembersRules, events: MembersEvents) {
    this.#rules = rules;
    this.#events = events;
  }

  get count(): number {
    return this.#present.size;
  }

  /** The first members by time of arrival, at most as many as `joined` lists. */
  list(): Member[] {
    const listed: Member[] = [];
    for (const { member } of this.#present.values()) {
      if (listed.push(member) === MEMBERS_LISTED_MAX) break;
    }
    return listed;
  }

  get(id: string): Member | undefined {
    return this.#present.get(id)?.member;
  }

  /** The permits of somebody who is on the list. */
  paceOf(id: string): TokenBucket | undefined {
    return this.#present.get(id)?.pace;
  }

  /** A socket of this person comes in. Whoever was here or only away makes no noise (SPEC P1, P3). */
  enter(member: Member): void {
    const presence = this.#present.get(member.id);
    if (!presence) {
      const pace = new TokenBucket(this.#rules.pace, this.#rules.now());
      this.#present.set(member.id, { member, state: { is: "here", sockets: 1 }, pace });
      this.#events.entered(member);
      return;
    }
    if (presence.state.is === "away") {
      presence.state.cancel();
      presence.state = { is: "here", sockets: 1 };
    } else {
      presence.state.sockets += 1;
    }
    this.rename(member);
  }

  /** The person takes the name that `member` has; a name that they have already is no news. */
  rename(member: Member): void {
    const presence = this.#present.get(member.id);
    if (!presence || presence.member.name === member.name) return;
    presence.member = member;
    this.#events.renamed(member);
  }

  /** A socket of this person goes; the last one takes the person along, at once or later (SPEC P4). */
  depart(id: string, how: Departure): void {
    const presence = this.#present.get(id);
    if (presence?.state.is !== "here") return;
    presence.state.sockets -= 1;
    if (presence.state.sockets > 0) return;
    if (how === "left") this.#remove(id);
    else {
      const { timers, absenceMs } = this.#rules;
      const cancel = timers.after(absenceMs, () => this.#remove(id));
      presence.state = { is: "away", cancel };
    }
  }

  #remove(id: string): void {
    const presence = this.#present.get(id);
    if (!presence) return;
    this.#present.delete(id);
    this.#events.left(presence.member);
  }
}
