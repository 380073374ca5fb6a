/**
 * The order of the rooms on this page so far, because a list that is being looked at must not jump.
 */
let shown: readonly string[] = [];

/** Puts rooms in their earlier order; new ones come first. */
export function inSteadyOrder<T extends { readonly roomId: string }>(rooms: readonly T[]): T[] {
  const ids = rooms.map(({ roomId }) => roomId);
  shown = [...ids.filter((id) => !shown.includes(id)), ...shown.filter((id) => ids.includes(id))];
  return rooms.toSorted((a, b) => shown.indexOf(a.roomId) - shown.indexOf(b.roomId));
}
