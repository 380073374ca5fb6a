/** Reports an error as uncaught, and lets its caller continue. */
export function reportBug(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
