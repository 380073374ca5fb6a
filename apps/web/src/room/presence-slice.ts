import type { LogEntry, Member } from "@parley/protocol";
import { allotFaces, type Faces } from "./faces.ts";
import { type SharedNames, sharedNames } from "./names.ts";

/** The members of the room as a `people` event lists them; `count` is complete. */
export interface ListedMembers {
  readonly self: Member;
  readonly members: readonly Member[];
  readonly count: number;
}

/** The members of the room, and how they look. */
export interface PresenceSlice {
  readonly people: ListedMembers | undefined;
  /** The last known name of everybody who was seen here, by id. */
  readonly lastNames: ReadonlyMap<string, string>;
  /** The names that several of those who are here have. */
  readonly shared: SharedNames;
  readonly faces: Faces;
  readonly typing: readonly Member[];
  /** One's new name, requested and not confirmed yet. */
  readonly newName: string | undefined;
}

/** @param faces those of earlier visits */
export function emptyPresence(faces: Faces = new Map()): PresenceSlice {
  return {
    people: undefined,
    lastNames: new Map(),
    shared: new Set(),
    faces,
    typing: [],
    newName: undefined,
  };
}

/** A new name of one's own is requested; the present one needs no answer. */
export function nameRequested({ people }: PresenceSlice, name: string): Partial<PresenceSlice> {
  return { newName: name === people?.self.name ? undefined : name };
}

/** The server lists the members. */
export function membersListed(
  { faces, lastNames, newName }: PresenceSlice,
  { self, members, count }: ListedMembers,
): Partial<PresenceSlice> {
  const strangers = members.filter(({ id }) => !lastNames.has(id));
  return {
    people: { self, members, count },
    newName: newName === self.name ? undefined : newName,
    shared: sharedNames([self, ...members]),
    faces: allotFaces(faces, [self, ...members], members),
    ...(strangers.length > 0 && {
      lastNames: new Map([...lastNames, ...strangers.map(({ id, name }) => [id, name] as const)]),
    }),
  };
}

/** A member joined, left or changed their name. */
export function memberMoved(
  { lastNames }: PresenceSlice,
  { id, name }: Member,
): Partial<PresenceSlice> {
  return lastNames.get(id) === name ? {} : { lastNames: new Map(lastNames).set(id, name) };
}

/** Gives the entries' authors their faces. */
export function authorsMet(
  { faces, people }: Pick<PresenceSlice, "faces" | "people">,
  entries: readonly LogEntry[],
): Pick<PresenceSlice, "faces"> {
  return { faces: allotFaces(faces, authorsOf(entries), people?.members ?? []) };
}

function authorsOf(entries: readonly LogEntry[]): Member[] {
  return entries.map(({ payload }) => payload.from);
}
