import type { Member } from "@parley/protocol";

/** Which members have used a name, regardless of case. */
export type Names = ReadonlyMap<string, readonly string[]>;

/** How many characters of an id distinguish two members with the same name. */
const TAG_CHARS = 4;

/** @returns the same map if it knew all of them, otherwise a new one that knows them too */
export function learnNames(names: Names, members: Iterable<Member>): Names {
  let learnt: Map<string, readonly string[]> | undefined;
  for (const { id, name } of members) {
    const key = keyOf(name);
    const ids = (learnt ?? names).get(key) ?? [];
    if (ids.includes(id)) continue;
    learnt ??= new Map(names);
    learnt.set(key, [...ids, id]);
  }
  return learnt ?? names;
}

/**
 * A short tag that distinguishes a member from others with the same name; `undefined` if none has
 * it.
 */
export function tagOf(names: Names, { id, name }: Member): string | undefined {
  const ids = names.get(keyOf(name));
  if (!ids || ids.every((other) => other === id)) return undefined;
  return `#${id.replace(/[^\p{L}\p{N}]/gu, "").slice(0, TAG_CHARS)}`;
}

/** A name as it is read out: with what a badge shows. */
export function spokenName({ name, hook }: Pick<Member, "name" | "hook">): string {
  return hook ? `${name}, hook` : name;
}

function keyOf(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}
