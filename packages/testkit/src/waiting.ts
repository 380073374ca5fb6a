/**
 * How long a test waits for what must come, in ms. It detects a hang and promises no speed: a busy
 * machine may take long.
 */
export const PATIENCE_MS = 30_000;
/** Between two checks, in ms. */
const LOOK_EVERY_MS = 4;

/** Waits this many ms. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/**
 * Waits until something holds, for at most `withinMs`.
 * @param everyMs between two checks
 * @returns whether it holds
 */
export async function holds(
  isSo: () => boolean | Promise<boolean>,
  withinMs: number = PATIENCE_MS,
  everyMs: number = LOOK_EVERY_MS,
): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) return false;
    await pause(everyMs);
  }
  return true;
}

/**
 * Waits for a promise, for at most `withinMs`.
 * @throws Error that names `what`, if it takes longer
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
