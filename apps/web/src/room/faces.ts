import type { Member } from "@parley/protocol";

/**
 * The number of each member's look in a room, by id. Its remainder by {@link HUES} is a hue, so that
 * the first twelve members have twelve hues; what is above distinguishes members that share one.
 */
export type Faces = ReadonlyMap<string, number>;

/** Hues that are distinguished at a glance. */
export const HUES = 12;
/** Between a hue that is taken and the one that is tried next; every hue is reached. */
const STRIDE = 5;

/**
 * Gives members that have none a look. Their id prefers a hue; the hues after it are tried in turn
 * for one that no member has and that differs clearly from those that members have, then for one
 * that no member has, then for one that no member who is here has.
 * @param present those who are here
 * @returns the same map if all members had a look
 */
export function allotFaces(
  faces: Faces,
  members: readonly Member[],
  present: readonly Member[],
): Faces {
  const strangers = members.filter(({ id }) => !faces.has(id));
  if (strangers.length === 0) return faces;
  const allotted = new Map(faces);
  const isHere = new Set(present.map(({ id }) => id));
  const known = Array.from({ length: HUES }, () => 0);
  const here = Array.from({ length: HUES }, () => 0);
  const count = (id: string, hue: number) => {
    known[hue] = (known[hue] ?? 0) + 1;
    if (isHere.has(id)) here[hue] = (here[hue] ?? 0) + 1;
  };
  for (const [id, face] of faces) count(id, face % HUES);
  for (const { id } of strangers) {
    if (allotted.has(id)) continue;
    const preferred = preferredHue(id);
    const inTurn = known.map((_, tries) => (preferred + tries * STRIDE) % HUES);
    const isFree = (each: number) => known[each] === 0;
    const isApart = (counts: readonly number[]) => (each: number) =>
      isFree(each) && !counts[(each + 1) % HUES] && !counts[(each + HUES - 1) % HUES];
    const first = known.findIndex(Boolean);
    // Every other hue: six members have no neighbouring hues.
    const isEvenlyApart = (each: number) => isApart(known)(each) && (each - first) % 2 === 0;
    const hue =
      (first < 0 ? preferred : inTurn.find(isEvenlyApart)) ??
      inTurn.find(isApart(known)) ??
      inTurn.find(isApart(here)) ??
      inTurn.find(isFree) ??
      inTurn.find((each) => here[each] === 0) ??
      preferred;
    allotted.set(id, hue + HUES * (known[hue] ?? 0));
    count(id, hue);
  }
  return allotted;
}

/** The look of a member; until a room has given one, the one that the id prefers. */
export function faceOf(faces: Faces, id: string): number {
  return faces.get(id) ?? preferredHue(id);
}

function preferredHue(id: string): number {
  let hash = 0;
  for (let i = 0; i < id.length; i += 1) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) >>> 0;
  return hash % HUES;
}
