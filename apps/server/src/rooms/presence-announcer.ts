import { MEMBERS_LISTED_MAX, type Member } from "@parley/protocol";
import type { Rate } from "../limits/rates.ts";
import type { FanOut } from "../delivery/fan-out.ts";
import { PRESENCE_HELD_MS } from "../limits/limits.ts";
import { TokenBucket } from "../limits/rate-limit.ts";
import type { Presence } from "../presence/presence.ts";
import type { CancelTimer, Timers } from "../timing/timer-wheel.ts";

/** How the presence of a member changed: the type of the frame that tells of it. */
type ChangeType = "entered" | "left" | "renamed";

/** How one member changed since the room was told. */
interface HeldChange {
  /** Whether the room was told that the member is here. */
  readonly isTold: boolean;
  /** The name that it was told, or that the member itself was when it came; undefined: not known. */
  readonly toldName: string | undefined;
  readonly isHere: boolean;
  /** With the latest name. */
  readonly member: Member;
}

/** Who is in a room: at most as many as are listed, and how many there are. */
export interface Attendance {
  readonly members: readonly Member[];
  readonly count: number;
}

export interface AnnouncementRates {
  /** Announcements of who comes, goes or takes another name, in one room. */
  readonly presence: Rate;
  /** Announcements of who types, in one room. */
  readonly typing: Rate;
}

export interface PresenceAnnouncerDeps extends AnnouncementRates {
  readonly timers: Timers;
  /** In ms. */
  now(): number;
}

/**
 * Tells a room of changes of presence, at a bounded pace. Changes beyond it are held and summed up:
 * at most one a member, and none for a member who came and left in between (SPEC P5). Those who join
 * meanwhile are shown the members as the room was told, so that the sum is the same for everybody.
 */
export class PresenceAnnouncer {
  readonly #fanOut: Pick<FanOut, "signal">;
  readonly #deps: PresenceAnnouncerDeps;
  readonly #presence: Pick<Presence, "list" | "count">;
  readonly #changes: TokenBucket;
  readonly #typing: TokenBucket;
  readonly #held = new Map<string, HeldChange>();
  /** Of the held changes: members that the room knows, and who are gone. */
  readonly #gone = new Map<string, Member>();
  /** Of the held changes: how many members are here that the room does not know yet. */
  #untold = 0;
  #cancel: CancelTimer | undefined;

  /** @param presence who is here now */
  constructor(
    fanOut: Pick<FanOut, "signal">,
    deps: PresenceAnnouncerDeps,
    presence: Pick<Presence, "list" | "count">,
  ) {
    this.#fanOut = fanOut;
    this.#deps = deps;
    this.#presence = presence;
    this.#changes = new TokenBucket(deps.presence, deps.now());
    this.#typing = new TokenBucket(deps.typing, deps.now());
  }

  /** Who is here as the room was told, and this member, who joins. */
  shownTo(self: Member): Attendance {
    const { count } = this.#presence;
    const here = this.#presence.list();
    if (this.#held.size === 0) return { members: here, count };
    const members = here.filter(({ id }) => id === self.id || !isUntold(this.#held.get(id)));
    for (const member of this.#gone.values()) {
      if (members.length >= MEMBERS_LISTED_MAX) break;
      members.push(member);
    }
    const untoldOthers = this.#untold - (isUntold(this.#held.get(self.id)) ? 1 : 0);
    return { members, count: count - untoldOthers + this.#gone.size };
  }

  /** A member came, went or took another name: everybody is told, now or summed up. */
  changed(type: ChangeType, member: Member): void {
    if (this.#held.size === 0 && this.#changes.take(this.#deps.now()) === 0) {
      return this.#announce(type, member);
    }
    const held = this.#held.get(member.id);
    const isTold = held?.isTold ?? type !== "entered";
    const isNew = type === "entered" && !isTold;
    const firstName = type === "left" ? member.name : undefined;
    const toldName = isNew ? member.name : held ? held.toldName : firstName;
    this.#hold({ isTold, toldName, isHere: type !== "left", member });
    this.#cancel ??= this.#deps.timers.after(this.#wait(), () => this.#announceHeld());
  }

  /** Tells the others that a member types, or no longer; beyond the pace, nobody. */
  typing(member: Member, on: boolean): void {
    if (this.#typing.take(this.#deps.now()) > 0) return;
    this.#fanOut.signal({ type: "typing", payload: { member, on } }, member.id, false);
  }

  /** Nothing more is told. */
  close(): void {
    this.#cancel?.();
    this.#held.clear();
  }

  #hold(change: HeldChange): void {
    const { isTold, isHere, member } = change;
    if (isUntold(this.#held.get(member.id))) this.#untold -= 1;
    this.#gone.delete(member.id);
    this.#held.set(member.id, change);
    if (isUntold(change)) this.#untold += 1;
    if (isTold && !isHere) this.#gone.set(member.id, member);
  }

  #wait(): number {
    return Math.min(PRESENCE_HELD_MS, this.#changes.wait(this.#deps.now()));
  }

  #announceHeld(): void {
    this.#cancel = undefined;
    const held = [...this.#held.values()];
    this.#held.clear();
    this.#gone.clear();
    this.#untold = 0;
    // No debt is longer than what is held may wait for.
    const { perSecond } = this.#deps.presence;
    const permits = Math.min(held.length, (perSecond * PRESENCE_HELD_MS) / 1_000);
    this.#changes.spend(this.#deps.now(), permits);
    for (const change of held) {
      for (const type of sumOf(change)) this.#announce(type, change.member);
    }
  }

  #announce(type: ChangeType, member: Member): void {
    const frame = { type, payload: { member, count: this.#presence.count } };
    const exceptMember = type === "entered" ? member.id : undefined;
    this.#fanOut.signal(frame, exceptMember, true);
  }
}

/** Whether a member is here that the room does not know yet. */
function isUntold(held: HeldChange | undefined): boolean {
  return held !== undefined && held.isHere && !held.isTold;
}

/**
 * What a change is to those who were told before it. A member who came and then took another name is
 * told of that one, but not that it came.
 */
function sumOf({ isTold, toldName, isHere, member }: HeldChange): readonly ChangeType[] {
  if (!isHere) return isTold ? ["left"] : [];
  const renamed = toldName === member.name ? [] : (["renamed"] as const);
  return isTold ? renamed : ["entered", ...renamed];
}
