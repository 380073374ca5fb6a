import { TYPING_EVERY_MS, TYPING_HOLDS_MS, type Member } from "@parley/protocol";
import { step, type Step } from "../machine/step.ts";

/** Another member who is typing, until a time in ms since 1970. */
interface Typist {
  readonly member: Member;
  readonly until: number;
}

/** The other members who are typing. */
export type Typists = readonly Typist[];

export const noTypists: Typists = [];

/** A member types, which holds for {@link TYPING_HOLDS_MS} unless it is repeated; or stops. */
export function typed(typists: Typists, member: Member, on: boolean, now: number): Typists {
  const typist = { member, until: now + TYPING_HOLDS_MS };
  if (!on) return without(typists, [member.id]);
  if (!typists.some((other) => other.member.id === member.id)) return [...typists, typist];
  return typists.map((other) => (other.member.id === member.id ? typist : other));
}

/** Removes members who stopped typing: their message arrived, or they left. */
export function without(typists: Typists, ids: readonly string[]): Typists {
  const left = typists.filter(({ member }) => !ids.includes(member.id));
  return left.length === typists.length ? typists : left;
}

/** A member who types changed their name. */
export function renamedTypist(typists: Typists, member: Member): Typists {
  if (!typists.some((typist) => typist.member.id === member.id)) return typists;
  return typists.map((typist) => (typist.member.id === member.id ? { ...typist, member } : typist));
}

/** Those whose typing report still holds. */
export function stillTyping(typists: Typists, now: number): Typists {
  const left = typists.filter(({ until }) => until > now);
  return left.length === typists.length ? typists : left;
}

/** When the next report expires, in ms since 1970. */
export function typistsDue(typists: Typists): number | undefined {
  return typists.length === 0 ? undefined : Math.min(...typists.map(({ until }) => until));
}

/** One's own typing: what was reported, and what is true. At most one frame every 2 s. */
export interface OwnTyping {
  readonly told: boolean;
  /** When the last frame was sent, in ms since 1970. */
  readonly toldAt: number;
  readonly wanted: boolean;
}

export const notTyping: OwnTyping = { told: false, toldAt: -Infinity, wanted: false };

/** One's own message ends one's typing for the others, too. */
export function messageWritten(own: OwnTyping): OwnTyping {
  return { ...own, told: false, wanted: false };
}

/**
 * One starts or stops typing. The frame is sent now, delayed until the last one is old enough, or
 * not needed at all.
 */
export function setTyping(own: OwnTyping, wanted: boolean, now: number): Step<OwnTyping> {
  const isNews = wanted || own.told;
  if (!isNews || now < own.toldAt + TYPING_EVERY_MS) return step({ ...own, wanted });
  const next = { told: wanted, toldAt: now, wanted };
  return step(next, { do: "send", frame: { type: "typing", payload: { on: wanted } } });
}

/** When a delayed frame can be sent, in ms since 1970. */
export function ownTypingDue({ told, toldAt, wanted }: OwnTyping): number | undefined {
  return told === wanted ? undefined : toldAt + TYPING_EVERY_MS;
}
