/**
 * The value that this share of all values does not exceed (nearest rank).
 * @param sorted in ascending order
 * @param share of 1, such as 0.99
 * @param total how many values there should be: missing ones count as infinite
 * @returns Infinity if the rank falls on a missing one, NaN if there are no values
 */
export function percentile(
  sorted: ArrayLike<number>,
  share: number,
  total: number = sorted.length,
): number {
  if (total === 0) return Number.NaN;
  const rank = Math.max(1, Math.ceil(share * total));
  return sorted[rank - 1] ?? Infinity;
}
