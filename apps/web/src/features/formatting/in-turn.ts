/** What waits, the longest first. */
const waiting = new Set<() => void>();
let frame: number | undefined;

/**
 * Runs what takes long to draw before one of the next paints: of all that waits one at a time, so
 * that the page answers in between.
 * @returns takes it back
 */
export function inTurn(run: () => void): () => void {
  // What is asked for twice is run twice.
  const turn = () => run();
  waiting.add(turn);
  frame ??= requestAnimationFrame(next);
  return () => {
    waiting.delete(turn);
  };
}

function next(): void {
  const [first] = waiting;
  if (first) waiting.delete(first);
  frame = waiting.size > 0 ? requestAnimationFrame(next) : undefined;
  first?.();
}
