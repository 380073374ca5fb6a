/** The order in which rooms stood on this page so far: a list that one looks at does not jump. */
let shown: readonly string[] = [];

/** Puts rooms in the order in which they stood before; those that are new to it stand first. */
export function inSteadyOrder<T extends { readonly roomId: string }>(rooms: readonly T[]): T[] {
  const ids = rooms.map(({ roomId }) => roomId);
  shown = [...ids.filter((id) => !shown.includes(id)), ...shown.filter((id) => ids.includes(id))];
  return rooms.toSorted((a, b) => shown.indexOf(a.roomId) - shown.indexOf(b.roomId));
}
