/** How far apart two looks are, in ms. */
const LOOK_EVERY_MS = 4;

/** Waits. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/**
 * Waits until something holds, for `withinMs` at the most.
 * @returns whether it holds
 */
export async function until(holds: () => boolean, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > end) return false;
    await pause(LOOK_EVERY_MS);
  }
  return true;
}

/**
 * Waits for a promise, for `withinMs` at the most.
 * @throws Error that names `what` where it takes longer
 */
export async function within<Value>(
  promise: Promise<Value>,
  withinMs: number,
  what: string,
): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`${what}: not within ${withinMs} ms`));
  }, withinMs);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
