import type { Member } from "@parley/protocol";

/** People named before the rest are counted. */
const NAMED_MAX = 8;

/**
 * Who reacted, in words, oneself first: "You, Ben and Cleo".
 * @param lastNames the last known name of each person, by id
 */
export function reactors(
  by: readonly Member[],
  selfId: string | undefined,
  lastNames: ReadonlyMap<string, string>,
): string {
  const others = by.filter(({ id }) => id !== selfId);
  const names = [
    ...(others.length < by.length ? ["You"] : []),
    ...others.map(({ id, name }) => lastNames.get(id) ?? name),
  ];
  if (names.length > NAMED_MAX) {
    const more = names.length - NAMED_MAX + 1;
    names.splice(NAMED_MAX - 1, more, `${more} others`);
  }
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}
