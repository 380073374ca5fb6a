/** Far more than a linear reading takes on any machine, far less than a quadratic one, in ms. */
export const QUICK_MS = 500;
/** How often something is measured at the most: the machine may be busy with other things meanwhile. */
const TRIES_MAX = 20;

/** How long something takes at its quickest, in ms, tried until it is quick; for tests. */
export function quickest(act: () => void): number {
  let best = Infinity;
  for (let tries = 0; tries < TRIES_MAX && best >= QUICK_MS; tries += 1) {
    const start = performance.now();
    act();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
