/** Hues that are told apart at a glance, in degrees of OKLCH. */
const hues = [20, 50, 78, 112, 145, 172, 200, 230, 258, 285, 315, 345];

/**
 * The hue of a person: always the same for the same id, hence in every tab and after every reload.
 * @param id a member's id
 * @returns degrees of OKLCH
 */
export function hueOf(id: string): number {
  let hash = 0;
  for (let i = 0; i < id.length; i += 1) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) >>> 0;
  return hues[hash % hues.length] ?? 0;
}
