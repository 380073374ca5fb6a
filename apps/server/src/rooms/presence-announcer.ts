import { MEMBERS_LISTED_MAX, type Member } from "@parley/protocol";
import type { Rate } from "../limits/rates.ts";
import type { FanOut } from "../delivery/fan-out.ts";
import { CROWD_TOLD_EVERY_MS, CROWD_TOLD_MS_EACH, PRESENCE_HELD_MS } from "../limits/limits.ts";
import { TokenBucket } from "../limits/rate-limit.ts";
import type { Presence } from "../presence/presence.ts";
import type { CancelTimer, Timers } from "../timing/timer-wheel.ts";
import { TypingPace } from "./typing-pace.ts";

/** How the presence of a member changed: the type of the frame that tells of it. */
type ChangeType = "entered" | "left" | "renamed";

/** How one member changed since the room was told. */
interface HeldChange {
  /** Whether the number that the room was told has the member in it. */
  readonly isTold: boolean;
  /** The name that it was told, or that the member itself was when it came; undefined: not known. */
  readonly toldName: string | undefined;
  readonly isHere: boolean;
  /** With the latest name. */
  readonly member: Member;
}

/**
 * How many members of a room are told of one by one, beside those that are listed. It bounds what a
 * whole room that leaves is told.
 */
const KNOWN_MAX = MEMBERS_LISTED_MAX * 2;

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
 * Members whom no client lists are only counted: now and then, one of them is told with the number
 * of all (SPEC P6).
 */
export class PresenceAnnouncer {
  readonly #fanOut: Pick<FanOut, "signal" | "signalOwn">;
  readonly #deps: PresenceAnnouncerDeps;
  readonly #presence: Pick<Presence, "list" | "count">;
  readonly #changes: TokenBucket;
  readonly #typing: TypingPace;
  /** Members whom a client here may list: it was shown them, or told that they came. */
  readonly #known = new Set<string>();
  /** The last of them who came. */
  #newest: Member | undefined;
  readonly #held = new Map<string, HeldChange>();
  /** Of the held changes: members that the room was told of, and who are gone. */
  readonly #gone = new Map<string, Member>();
  /** Of the held changes: how many members are here that the room does not know yet. */
  #untold = 0;
  /** Whether the number of members changed in a way that nobody told of. */
  #owesCount = false;
  /** When the room was last told of a change, in ms. */
  #toldAt = -Infinity;
  #next: { readonly at: number; readonly cancel: CancelTimer } | undefined;

  /** @param presence who is here now */
  constructor(
    fanOut: Pick<FanOut, "signal" | "signalOwn">,
    deps: PresenceAnnouncerDeps,
    presence: Pick<Presence, "list" | "count">,
  ) {
    this.#fanOut = fanOut;
    this.#deps = deps;
    this.#presence = presence;
    this.#changes = new TokenBucket(deps.presence, deps.now());
    this.#typing = new TypingPace(deps.typing, deps.now());
  }

  /** Who is here as the room was told, and this member, who joins. */
  shownTo(self: Member): Attendance {
    // Of some who left, no server told: those are forgotten. Of others, it is not told yet.
    if (this.#known.size > this.#presence.count + this.#gone.size) this.#known.clear();
    const members: Member[] = [];
    for (const member of this.#presence.list()) {
      const isNew = isUntold(this.#held.get(member.id));
      if (isNew && member.id !== self.id) continue;
      members.push(member);
      if (!isNew) this.#known.add(member.id);
    }
    for (const member of this.#gone.values()) {
      if (members.length >= MEMBERS_LISTED_MAX) break;
      if (this.#known.has(member.id)) members.push(member);
    }
    const isNew = isUntold(this.#held.get(self.id));
    return { members, count: this.#countTold + (isNew ? 1 : 0) };
  }

  /** A member came, went or took another name: those who list them are told, now or summed up. */
  changed(type: ChangeType, member: Member): void {
    const held = this.#held.get(member.id);
    const isListed = this.#isListed(type, member.id);
    if (!held && (isListed || type === "renamed") && this.#changes.take(this.#deps.now()) === 0) {
      return isListed
        ? this.#announce(type, member)
        : this.#tellOwn(new Map([[member.id, member]]));
    }
    const isTold = held?.isTold ?? type !== "entered";
    const isNew = type === "entered" && !isTold;
    const firstName = type === "left" ? member.name : undefined;
    const toldName = isNew ? member.name : held ? held.toldName : firstName;
    this.#hold({ isTold, toldName, isHere: type !== "left", member });
    this.#announceIn(isListed ? this.#changes.wait(this.#deps.now()) : this.#crowdWait);
  }

  /** The number of members is another one, and by whom is not known. */
  counted(): void {
    this.#owesCount = true;
    this.#announceIn(this.#crowdWait);
  }

  /** Whether the room would be told that a member types, or no longer. */
  tellsTyping(member: Member, on: boolean): boolean {
    return this.#typing.tells(member.id, on, this.#deps.now(), this.#isLarge);
  }

  /** Tells the others that a member types, or no longer; beyond the pace, nobody. */
  typing(member: Member, on: boolean): void {
    if (!this.#typing.take(member.id, on, this.#deps.now(), this.#isLarge)) return;
    this.#fanOut.signal({ type: "typing", payload: { member, on } }, member.id, false);
  }

  /** Nothing more is told. */
  close(): void {
    this.#next?.cancel();
    this.#held.clear();
  }

  get #isLarge(): boolean {
    return this.#presence.count > MEMBERS_LISTED_MAX;
  }

  /** The number of members as the room was told of it. */
  get #countTold(): number {
    return this.#presence.count - this.#untold + this.#gone.size;
  }

  /** How long a change waits that nobody lists, in ms: the longer, the more members it is told. */
  get #crowdWait(): number {
    const pause = Math.max(CROWD_TOLD_EVERY_MS, this.#presence.count * CROWD_TOLD_MS_EACH);
    return Math.max(0, this.#toldAt + pause - this.#deps.now());
  }

  /** Whether a change is one of a member whom clients list, or would list. */
  #isListed(type: ChangeType, id: string): boolean {
    if (!this.#isLarge || this.#known.has(id)) return true;
    return type === "entered" && this.#known.size < MEMBERS_LISTED_MAX;
  }

  #hold(change: HeldChange): void {
    const { isTold, isHere, member } = change;
    if (isUntold(this.#held.get(member.id))) this.#untold -= 1;
    this.#gone.delete(member.id);
    this.#held.set(member.id, change);
    if (isUntold(change)) this.#untold += 1;
    if (isTold && !isHere) this.#gone.set(member.id, member);
  }

  #announceIn(waitMs: number): void {
    const wait = Math.min(PRESENCE_HELD_MS, waitMs);
    const at = this.#deps.now() + wait;
    if (this.#next && this.#next.at <= at) return;
    this.#next?.cancel();
    this.#next = { at, cancel: this.#deps.timers.after(wait, () => this.#announceHeld()) };
  }

  #announceHeld(): void {
    this.#next = undefined;
    const held = [...this.#held.values()];
    this.#held.clear();
    this.#gone.clear();
    this.#untold = 0;
    const own = new Map<string, Member>();
    let listed = 0;
    let unlisted: { type: ChangeType; member: Member } | undefined;
    for (const change of held) {
      const { member } = change;
      for (const type of sumOf(change)) {
        if (this.#isListed(type, member.id)) {
          this.#announce(type, member, "all");
          listed += 1;
        } else if (type === "renamed") own.set(member.id, member);
        else if (unlisted?.type !== "left") unlisted = { type, member };
      }
    }
    this.#spend(listed + own.size);
    if (unlisted || this.#owesCount) this.#announceCount(unlisted);
    this.#tellOwn(own);
  }

  /** No debt is longer than what is held may wait for. */
  #spend(permits: number): void {
    const { perSecond } = this.#deps.presence;
    const most = (perSecond * PRESENCE_HELD_MS) / 1_000;
    this.#changes.spend(this.#deps.now(), Math.min(permits, most));
  }

  /**
   * Tells everybody the number of members, with one of those who are not listed: one who left; or one
   * who came, and is known from then on. Without either, it repeats that somebody came.
   */
  #announceCount(unlisted?: { type: ChangeType; member: Member }): void {
    const isFull = unlisted?.type === "entered" && this.#known.size >= KNOWN_MAX;
    if (unlisted && !isFull) return this.#announce(unlisted.type, unlisted.member, "all");
    const [first] = this.#presence.list();
    const known = this.#newest && this.#known.has(this.#newest.id) ? this.#newest : first;
    if (known) this.#announce("entered", known, "all");
  }

  /** @param to `all` if who came may have been told another number since */
  #announce(type: ChangeType, member: Member, to: "others" | "all" = "others"): void {
    if (type === "left") this.#known.delete(member.id);
    else this.#known.add(member.id);
    if (type === "entered") this.#newest = member;
    this.#toldAt = this.#deps.now();
    this.#owesCount = false;
    const frame = { type, payload: { member, count: this.#countTold } };
    const exceptMember = type === "entered" && to === "others" ? member.id : undefined;
    this.#fanOut.signal(frame, exceptMember, true);
  }

  /** Tells each of these members alone of their own name. */
  #tellOwn(members: ReadonlyMap<string, Member>): void {
    if (members.size === 0) return;
    const count = this.#countTold;
    this.#fanOut.signalOwn(members, (member) => ({ type: "renamed", payload: { member, count } }));
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
