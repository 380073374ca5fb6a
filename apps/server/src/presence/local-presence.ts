import { MEMBERS_LISTED_MAX, type Member } from "@parley/protocol";
import { TokenBucket } from "../limits/rate-limit.ts";
import type { CancelTimer } from "../timing/timer-wheel.ts";
import type {
  Departure,
  OpenPresence,
  Presence,
  PresenceDeps,
  PresenceEvents,
} from "./presence.ts";

/** One member, over all their sockets in the room (SPEC P1). */
interface PresentMember {
  member: Member;
  /** `here` with that many sockets, or `away` until the timer takes the member off the list. */
  state: { is: "here"; sockets: number } | { is: "away"; cancel: CancelTimer };
  /** How fast the member may write here, over all their connections. */
  readonly pace: TokenBucket;
}

/** Opens the presence of a room that no other server shares. */
export const openLocalPresence: OpenPresence = (_roomId, deps, events) =>
  new LocalPresence(deps, events);

/** Who is in a room by way of this server: all members, if it is the only server. */
export class LocalPresence implements Presence {
  readonly #present = new Map<string, PresentMember>();
  readonly #deps: PresenceDeps;
  readonly #events: PresenceEvents;

  constructor(deps: PresenceDeps, events: PresenceEvents) {
    this.#deps = deps;
    this.#events = events;
  }

  get count(): number {
    return this.#present.size;
  }

  async counted(): Promise<number> {
    return this.count;
  }

  get localCount(): number {
    return this.#present.size;
  }

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

  async find(id: string): Promise<Member | undefined> {
    return this.get(id);
  }

  paceOf(id: string): TokenBucket | undefined {
    return this.#present.get(id)?.pace;
  }

  enter(member: Member): undefined {
    const present = this.#present.get(member.id);
    if (!present) {
      const pace = new TokenBucket(this.#deps.pace, this.#deps.now());
      this.#present.set(member.id, { member, state: { is: "here", sockets: 1 }, pace });
      this.#events.entered(member);
      return undefined;
    }
    if (present.state.is === "away") {
      present.state.cancel();
      present.state = { is: "here", sockets: 1 };
    } else {
      present.state.sockets += 1;
    }
    this.rename(member);
    return undefined;
  }

  rename(member: Member): void {
    const present = this.#present.get(member.id);
    if (!present || present.member.name === member.name) return;
    present.member = member;
    this.#events.renamed(member);
  }

  /** Takes over a name that the member was given elsewhere. */
  adopt(member: Member): void {
    const present = this.#present.get(member.id);
    if (present) present.member = member;
  }

  depart(id: string, how: Departure): void {
    const present = this.#present.get(id);
    if (present?.state.is !== "here") return;
    present.state.sockets -= 1;
    if (present.state.sockets > 0) return;
    if (how === "left") this.#remove(id, "left");
    else {
      const { timers, absenceMs } = this.#deps;
      const cancel = timers.after(absenceMs, () => this.#remove(id, "lost"));
      present.state = { is: "away", cancel };
    }
  }

  announceTyping(member: Member, on: boolean): void {
    this.#events.typing(member, on);
  }

  /** Everybody who is here or away from here. */
  all(): Member[] {
    return Array.from(this.#present.values(), ({ member }) => member);
  }

  /** A member who is only away is not waited for any longer. */
  dismiss(id: string): void {
    const present = this.#present.get(id);
    if (present?.state.is !== "away") return;
    present.state.cancel();
    this.#remove(id, "lost");
  }

  close(): void {
    for (const { state } of this.#present.values()) if (state.is === "away") state.cancel();
    this.#present.clear();
  }

  #remove(id: string, how: Departure): void {
    const present = this.#present.get(id);
    if (!present) return;
    this.#present.delete(id);
    this.#events.left(present.member, how);
    if (this.#present.size === 0) this.#events.emptied();
  }
}
