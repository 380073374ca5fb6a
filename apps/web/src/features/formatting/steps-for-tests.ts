/** Methods of strings that scan or copy a text. */
const METHODS = ["trim", "trimStart", "trimEnd", "slice"] as const;

/**
 * For tests: counts the UTF-16 units that patterns and string methods scan while `act` runs.
 * Backtracking inside a pattern is not counted; patterns are written so that they do not backtrack.
 */
export function stepsOf(act: () => void): number {
  let steps = 0;
  const undo = [
    watch(RegExp.prototype, "exec", (pattern, [text], run) => {
      if (!(pattern instanceof RegExp) || typeof text !== "string") return run();
      const from = pattern.global || pattern.sticky ? pattern.lastIndex : 0;
      const match = run() as RegExpExecArray | null;
      const failed = pattern.sticky ? 0 : text.length - from;
      steps += 1 + (match ? match.index + match[0].length - from : failed);
      return match;
    }),
    ...METHODS.map((name) =>
      watch(String.prototype, name, (_text, _args, run) => {
        const result = run();
        steps += 1 + String(result).length;
        return result;
      }),
    ),
  ];
  try {
    act();
  } finally {
    for (const each of undo) each();
  }
  return steps;
}

type Watch = (self: unknown, args: readonly unknown[], run: () => unknown) => unknown;

/** Wraps a method; returns a function that unwraps it. */
function watch(target: object, name: string, around: Watch): () => void {
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== "function") throw new Error(`There is no method ${name}.`);
  const put = (value: unknown) =>
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
  put(function (this: unknown, ...args: unknown[]): unknown {
    return around(this, args, () => Reflect.apply(original, this, args) as unknown);
  });
  return () => put(original);
}
