import type { LogEntry, Member } from "@parley/protocol";
import { allotFaces, type Faces } from "./faces.ts";
import { learnNames, type Names } from "./names.ts";

/** The members of the room as a `people` event lists them; `count` is complete. */
export interface ListedMembers {
  readonly self: Member;
  readonly members: readonly Member[];
  readonly count: number;
}

/** The members of the room, and the names that they have used. */
export interface PresenceSlice {
  readonly people: ListedMembers | undefined;
  /** The last known name of everybody who was seen here, by id. */
  readonly lastNames: ReadonlyMap<string, string>;
  readonly names: Names;
  readonly faces: Faces;
  readonly typing: readonly Member[];
}

/** @param faces those of earlier visits */
export function emptyPresence(faces: Faces = new Map()): PresenceSlice {
  return { people: undefined, lastNames: new Map(), names: new Map(), faces, typing: [] };
}

/** The server lists the members. */
export function membersListed(
  { names, faces, lastNames }: PresenceSlice,
  { self, members, count }: ListedMembers,
): Partial<PresenceSlice> {
  const strangers = members.filter(({ id }) => !lastNames.has(id));
  return {
    people: { self, members, count },
    names: learnNames(names, [self, ...members]),
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

/** Learns the names of the entries' authors. */
export function authorsMet(
  { names, faces, people }: Pick<PresenceSlice, "names" | "faces" | "people">,
  entries: readonly LogEntry[],
): Pick<PresenceSlice, "names" | "faces"> {
  const authors = authorsOf(entries);
  return {
    names: learnNames(names, authors),
    faces: allotFaces(faces, authors, people?.members ?? []),
  };
}

function authorsOf(entries: readonly LogEntry[]): Member[] {
  return entries.map(({ payload }) => payload.from);
}
