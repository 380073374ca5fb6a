/** The number of members, in words. */
export function countTitle(count: number): string {
  return count === 1 ? "1 person" : `${count} people`;
}
