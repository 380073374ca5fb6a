import type { Member } from "@parley/protocol";

/** Names that several members have, as {@link isShared} compares them. */
export type SharedNames = ReadonlySet<string>;

/** How many characters of an id distinguish two members with the same name. */
const TAG_CHARS = 4;

/** The names that more than one of these members has, regardless of case. */
export function sharedNames(members: readonly Member[]): SharedNames {
  const names = [...new Map(members.map(({ id, name }) => [id, keyOf(name)])).values()];
  return new Set(names.filter((name, at) => names.indexOf(name) !== at));
}

export function isShared(shared: SharedNames, name: string): boolean {
  return shared.size > 0 && shared.has(keyOf(name));
}

/** A short tag that distinguishes a member from others with the same name. */
export function tagOf({ id }: Member): string {
  return `#${plainId(id).slice(0, TAG_CHARS)}`;
}

/** An id as people can type it: its letters and digits. */
export function plainId(id: string): string {
  return id.replace(/[^\p{L}\p{N}]/gu, "");
}

/** A name as it is read out: with what a badge shows. */
export function spokenName({ name, hook }: Pick<Member, "name" | "hook">): string {
  return hook ? `${name}, hook` : name;
}

/** What two names have in common that people take for one. */
export function keyOf(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}
