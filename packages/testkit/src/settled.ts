/** The real one, also while a test has fake timers. */
const { setImmediate } = globalThis;
const TURNS = 5;

/** Lets everything run that waits for no time: promises, and what was put off to the next turn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
