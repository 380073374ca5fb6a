import { MEMBERS_LISTED_MAX, type Member } from "@parley/protocol";

/** A change of who is in a room; `number` grows by one with each, `count` holds after it. */
export interface RosterChange {
  readonly number: number;
  readonly count: number;
  readonly what: "entered" | "left" | "renamed";
  readonly member: Member;
}

/** Who is in a room after a change: how many, and the first of them by arrival. */
export interface Roster {
  readonly number: number;
  readonly count: number;
  readonly listed: readonly Member[];
}

/** Re-read the roster once fewer than this many of a longer one are listed. */
const LISTED_MIN = MEMBERS_LISTED_MAX - 50;

export const EMPTY_ROSTER: Roster = { number: 0, count: 0, listed: [] };

/**
 * Applies a change that was heard of.
 * @returns the roster after it; the same one if it knows the change already; or undefined if
 * a change is missing before it, so that the roster has to be read
 */
export function applied(
  roster: Roster,
  { number, count, what, member }: RosterChange,
): Roster | undefined {
  if (number <= roster.number) return roster;
  if (number !== roster.number + 1) return undefined;
  const others = roster.listed.filter(({ id }) => id !== member.id);
  if (what === "left") return { number, count, listed: others };
  if (what === "entered") {
    const isFull = others.length >= MEMBERS_LISTED_MAX;
    return { number, count, listed: isFull ? others : [...others, member] };
  }
  const listed = roster.listed.map((one) => (one.id === member.id ? member : one));
  return { number, count, listed };
}

/** Whether so many of those listed have left that the next ones should be read. */
export function wantsMore({ count, listed }: Roster): boolean {
  return listed.length < Math.min(count, LISTED_MIN);
}

/** What happened between two rosters, as far as the lists tell. */
export function difference(
  before: Roster,
  after: Roster,
): readonly Pick<RosterChange, "what" | "member">[] {
  const old = new Map(before.listed.map((member) => [member.id, member]));
  const now = new Map(after.listed.map((member) => [member.id, member]));
  // Who moved up into the list, or out of it, was and is in the room.
  const wasWhole = before.listed.length >= before.count;
  const isWhole = after.listed.length >= after.count;
  const gone = isWhole ? before.listed.filter(({ id }) => !now.has(id)) : [];
  const come = wasWhole ? after.listed.filter(({ id }) => !old.has(id)) : [];
  const named = after.listed.filter(({ id, name }) => (old.get(id)?.name ?? name) !== name);
  return [
    ...gone.map((member) => ({ what: "left" as const, member })),
    ...come.map((member) => ({ what: "entered" as const, member })),
    ...named.map((member) => ({ what: "renamed" as const, member })),
  ];
}
