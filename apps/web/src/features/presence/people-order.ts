import type { Member } from "@parley/protocol";

const byName = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

/** The listed members, oneself first, the others by name. */
export function inOrder(self: Member, members: readonly Member[]): readonly Member[] {
  const others = members
    .filter(({ id }) => id !== self.id)
    .toSorted((a, b) => byName.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
  return [self, ...others];
}
