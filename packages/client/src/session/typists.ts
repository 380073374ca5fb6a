import { TYPING_HOLDS_MS, type Member } from "@parley/protocol";

/** Somebody else who is typing, until a time in ms since 1970. */
interface Typist {
  readonly member: Member;
  readonly until: number;
}

export type Typists = readonly Typist[];

/** Nobody types. */
export const nobody: Typists = [];

/** Somebody types, which holds for {@link TYPING_HOLDS_MS} unless they say so again, or stops. */
export function typed(typists: Typists, member: Member, on: boolean, now: number): Typists {
  const typist = { member, until: now + TYPING_HOLDS_MS };
  if (!on) return without(typists, [member.id]);
  if (!typists.some((other) => other.member.id === member.id)) return [...typists, typist];
  return typists.map((other) => (other.member.id === member.id ? typist : other));
}

/** These people do not type any more: their message came, or they left. */
export function without(typists: Typists, ids: readonly string[]): Typists {
  const left = typists.filter(({ member }) => !ids.includes(member.id));
  return left.length === typists.length ? typists : left;
}

/** Somebody who types took another name. */
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
