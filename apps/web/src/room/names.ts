import type { Member } from "@parley/protocol";

/** Which people have gone by a name; a name is matched without regard to case. */
export type Names = ReadonlyMap<string, readonly string[]>;

/** Characters of an id that tell two people of one name apart. */
const TAG_CHARS = 4;

/** @returns the same map where it knew all of them, otherwise a new one that knows them too */
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

/** A short mark that tells a person from others of the same name; `undefined` where there is none. */
export function tagOf(names: Names, { id, name }: Member): string | undefined {
  const ids = names.get(keyOf(name));
  if (!ids || ids.every((other) => other === id)) return undefined;
  return `#${id.replace(/[^\p{L}\p{N}]/gu, "").slice(0, TAG_CHARS)}`;
}

function keyOf(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}
