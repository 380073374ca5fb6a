/**
 * Ends a switch over a union: the compiler refuses the call while a case is missing.
 * Throws if a value arrives that the types rule out.
 */
export function unreachable(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`);
}
