/** The waiting callbacks, oldest first. */
const waiting = new Set<() => void>();
let frame: number | undefined;

/**
 * Runs expensive drawing before one of the next paints, one callback a frame, so that the page
 * responds in between.
 * @returns cancels it
 */
export function inTurn(run: () => void): () => void {
  // The same function may wait twice.
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
