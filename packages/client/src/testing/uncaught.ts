import { vi } from "vitest";

/** Collects what microtasks throw from now on; `vi.unstubAllGlobals` ends that. */
export function collectUncaught(): readonly unknown[] {
  const uncaught: unknown[] = [];
  const { queueMicrotask: queue } = globalThis;
  vi.stubGlobal("queueMicrotask", (task: () => void) =>
    queue(() => {
      try {
        task();
      } catch (error) {
        uncaught.push(error);
      }
    }),
  );
  return uncaught;
}
