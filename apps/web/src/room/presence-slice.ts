import type { LogEntry, Member } from "@parley/protocol";
import { learnNames, type Names } from "./names.ts";

export interface RoomMembers {
  readonly self: Member;
  readonly members: readonly Member[];
  readonly count: number;
}

/** Who is in the room, and by which names. */
export interface PresenceSlice {
  readonly people: RoomMembers | undefined;
  /** The last known name of everybody who was seen here, by id. */
  readonly lastNames: ReadonlyMap<string, string>;
  readonly names: Names;
  readonly typing: readonly Member[];
}

export const emptyPresence: PresenceSlice = {
  people: undefined,
  lastNames: new Map(),
  names: new Map(),
  typing: [],
};

/** The server lists who is here. */
export function membersListed(
  { names, lastNames }: PresenceSlice,
  { self, members, count }: RoomMembers,
): Partial<PresenceSlice> {
  const strangers = members.filter(({ id }) => !lastNames.has(id));
  return {
    people: { self, members, count },
    names: learnNames(names, [self, ...members]),
    ...(strangers.length > 0 && {
      lastNames: new Map([...lastNames, ...strangers.map(({ id, name }) => [id, name] as const)]),
    }),
  };
}

/** Somebody came, left or has another name. */
export function memberMoved(
  { lastNames }: PresenceSlice,
  { id, name }: Member,
): Partial<PresenceSlice> {
  return lastNames.get(id) === name ? {} : { lastNames: new Map(lastNames).set(id, name) };
}

/** Entries name their authors. */
export function authorsMet(
  { names }: PresenceSlice,
  entries: readonly LogEntry[],
): Partial<PresenceSlice> {
  return { names: learnNames(names, authorsOf(entries)) };
}

function authorsOf(entries: readonly LogEntry[]): Member[] {
  return entries.map(({ payload }) => payload.from);
}
