/** Where a list is scrolled to, in px. */
export interface Scroll {
  /** From the top of the list to the top of the view. */
  readonly offset: number;
  /** The whole list. */
  readonly size: number;
  readonly view: number;
}

/** Whoever is this close to the end, in px, stays with it. */
const STICK_PX = 50;

/**
 * Whether the list stays with its end. It does from where the reader reaches the end until the
 * reader scrolls up. A list that grew, or a view that shrank, is no reader scrolling; neither is an
 * offset that falls because the list became shorter.
 */
export function nextStuck(stuck: boolean, before: Scroll, after: Scroll): boolean {
  if (after.size - after.offset - after.view <= STICK_PX) return true;
  return stuck && (after.offset >= before.offset || after.size < before.size);
}
