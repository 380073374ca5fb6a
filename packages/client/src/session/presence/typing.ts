import { TYPING_EVERY_MS, TYPING_HOLDS_MS, type Member } from "@parley/protocol";
import { step, type Step } from "../machine/step.ts";

/** Another member who is typing, until a time in ms since 1970. */
interface Typist {
  readonly member: Member;
  readonly until: number;
}

/** The other members who are typing. */
export type Typists = readonly Typist[];

/** Nobody types. */
export const noTypists: Typists = [];

/** A member types, which holds for {@link TYPING_HOLDS_MS} unless it is said again; or stops. */
export function typed(typists: Typists, member: Member, on: boolean, now: number): Typists {
  const typist = { member, until: now + TYPING_HOLDS_MS };
  if (!on) return without(typists, [member.id]);
  if (!typists.some((other) => other.member.id === member.id)) return [...typists, typist];
  return typists.map((other) => (other.member.id === member.id ? typist : other));
}

/** These members do not type any more: their message came, or they left. */
export function without(typists: Typists, ids: readonly string[]): Typists {
  const left = typists.filter(({ member }) => !ids.includes(member.id));
  return left.length === typists.length ? typists : left;
}

/** A member who types took another name. */
export function renamedTypist(typists: Typists, member: Member): Typists {
  if (!typists.some((typist) => typist.member.id === member.id)) return typists;
  return typists.map((typist) => (typist.member.id === member.id ? { ...typist, member } : typist));
}

/** Those whose notice still holds. */
export function stillTyping(typists: Typists, now: number): Typists {
  const left = typists.filter(({ until }) => until > now);
  return left.length === typists.length ? typists : left;
}

/** When the next notice runs out, in ms since 1970. */
export function typistsDue(typists: Typists): number | undefined {
  return typists.length === 0 ? undefined : Math.min(...typists.map(({ until }) => until));
}

/** What the others were told of our typing, and what is true: at most one frame every 2 s. */
export interface OwnTyping {
  readonly told: boolean;
  /** When the last frame was sent, in ms since 1970. */
  readonly toldAt: number;
  readonly wanted: boolean;
}

/** Nobody was told anything. */
export const notTyping: OwnTyping = { told: false, toldAt: -Infinity, wanted: false };

/** A message of ours ends our typing at the others', too. */
export function messageWritten(own: OwnTyping): OwnTyping {
  return { ...own, told: false, wanted: false };
}

/**
 * We type, or stop. A frame is sent now, or is put off until the last one is old enough, or is not
 * needed at all.
 */
export function setTyping(own: OwnTyping, wanted: boolean, now: number): Step<OwnTyping> {
  const isNews = wanted || own.told;
  if (!isNews || now < own.toldAt + TYPING_EVERY_MS) return step({ ...own, wanted });
  const next = { told: wanted, toldAt: now, wanted };
  return step(next, { do: "send", frame: { type: "typing", payload: { on: wanted } } });
}

/** When something that was put off can be sent, in ms since 1970. */
export function ownTypingDue({ told, toldAt, wanted }: OwnTyping): number | undefined {
  return told === wanted ? undefined : toldAt + TYPING_EVERY_MS;
}
