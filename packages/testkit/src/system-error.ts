/**
 * Rethrows an error unless the system, the network or another program is to blame; those have a code
 * or an exit status.
 */
export function throwUnlessSystem(error: unknown): void {
  const isSystem = error instanceof Error && ("code" in error || "status" in error);
  // The code of a TypeError names a wrong argument.
  if (!isSystem || error instanceof TypeError) throw error;
}
