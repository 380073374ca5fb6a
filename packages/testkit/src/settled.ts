/** The real one, even while a test has fake timers. */
const { setImmediate } = globalThis;
const TURNS = 5;

/** Waits until everything has run that needs no time to pass: promises and immediates. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
