import type { Member } from "@parley/protocol";
import type { Rate } from "../limits/rates.ts";
import type { FanOut } from "../delivery/fan-out.ts";
import type { Audience } from "../delivery/outgoing-batch.ts";
import { PRESENCE_HELD_MS } from "../limits/limits.ts";
import { TokenBucket } from "../limits/rate-limit.ts";
import type { Cancel, Timers } from "../timing/timer-wheel.ts";

/** How the presence of a member changed: the type of the frame that tells of it. */
type ChangeType = "entered" | "left" | "renamed";

/** What happened to one member since the room was told, from the first change to the last. */
interface HeldChange {
  readonly firstType: ChangeType;
  readonly firstName: string;
  readonly firstOrder: number;
  readonly type: ChangeType;
  readonly member: Member;
  readonly order: number;
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
 * at most one a member, and none for a member who came and left in between.
 */
export class PresenceAnnouncer {
  readonly #fanOut: Pick<FanOut, "signal" | "nextOrder">;
  readonly #deps: PresenceAnnouncerDeps;
  readonly #count: () => number;
  readonly #presence: TokenBucket;
  readonly #typing: TokenBucket;
  readonly #held = new Map<string, HeldChange>();
  #cancel: Cancel | undefined;

  /** @param count how many members there are now */
  constructor(
    fanOut: Pick<FanOut, "signal" | "nextOrder">,
    deps: PresenceAnnouncerDeps,
    count: () => number,
  ) {
    this.#fanOut = fanOut;
    this.#deps = deps;
    this.#count = count;
    this.#presence = new TokenBucket(deps.presence, deps.now());
    this.#typing = new TokenBucket(deps.typing, deps.now());
  }

  /** A member came, went or took another name: everybody is told, now or summed up. */
  changed(type: ChangeType, member: Member): void {
    const order = this.#fanOut.nextOrder();
    if (this.#held.size === 0 && this.#presence.take(this.#deps.now()) === 0) {
      return this.#announce(type, member, { from: 0, below: order });
    }
    const held = this.#held.get(member.id);
    const { firstType, firstName, firstOrder } = held ?? {
      firstType: type,
      firstName: member.name,
      firstOrder: order,
    };
    this.#held.set(member.id, { firstType, firstName, firstOrder, type, member, order });
    this.#cancel ??= this.#deps.timers.after(this.#wait(), () => this.#announceHeld());
  }

  /** Tells the others that a member types, or no longer; beyond the pace, nobody. */
  typing(member: Member, on: boolean): void {
    if (this.#typing.take(this.#deps.now()) > 0) return;
    const frame = { type: "typing", payload: { member, on } } as const;
    const order = this.#fanOut.nextOrder();
    const audience = { from: 0, below: order };
    this.#fanOut.signal(frame, member.id, false, audience);
  }

  /** Nothing more is told. */
  close(): void {
    this.#cancel?.();
    this.#held.clear();
  }

  #wait(): number {
    return Math.min(PRESENCE_HELD_MS, this.#presence.wait(this.#deps.now()));
  }

  #announceHeld(): void {
    this.#cancel = undefined;
    const held = [...this.#held.values()];
    this.#held.clear();
    // No debt is longer than what is held may wait for.
    const { perSecond } = this.#deps.presence;
    const permits = Math.min(held.length, (perSecond * PRESENCE_HELD_MS) / 1_000);
    this.#presence.spend(this.#deps.now(), permits);
    for (const each of held) {
      const { type, member, firstOrder, order } = each;
      const sum = netChange(each);
      if (sum) this.#announce(sum, member, { from: 0, below: firstOrder });
      // Who came in between was shown what held then: the last change tells them the rest.
      if (order > firstOrder) this.#announce(type, member, { from: firstOrder, below: order });
    }
  }

  #announce(type: ChangeType, member: Member, audience: Audience): void {
    const frame = { type, payload: { member, count: this.#count() } };
    const exceptMember = type === "entered" ? member.id : undefined;
    this.#fanOut.signal(frame, exceptMember, true, audience);
  }
}

/** What the changes are to somebody who knows of none of them; undefined: nothing. */
function netChange({ firstType, firstName, type, member }: HeldChange): ChangeType | undefined {
  const wasHere = firstType !== "entered";
  const isHere = type !== "left";
  if (!wasHere) return isHere ? "entered" : undefined;
  if (!isHere) return "left";
  const isBack = firstType === "left" && firstName === member.name;
  return isBack ? undefined : "renamed";
}
