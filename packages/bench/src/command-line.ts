import { parseArgs } from "node:util";

/** What was asked for on the command line. */
export interface Wish {
  /** In under two minutes: fewer guests, shorter runs. */
  readonly quick: boolean;
  /** The rows to measure, by name; undefined: all. */
  readonly only: readonly string[] | undefined;
  /** Whether to draw docs/bench.svg. */
  readonly plot: boolean;
}

export type CommandLine =
  | { readonly is: "wish"; readonly wish: Wish }
  | { readonly is: "wrong"; readonly why: string };

/**
 * Reads the arguments.
 * @param args without the program's name
 * @param rows the names that `--only` may have; it may be given more than once, or a list with commas
 */
export function readCommandLine(args: readonly string[], rows: readonly string[]): CommandLine {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: "boolean", default: false },
        only: { type: "string", multiple: true },
        plot: { type: "boolean", default: false },
      },
    });
    const only = values.only?.flatMap((names) => names.split(","));
    const stranger = only?.find((name) => !rows.includes(name));
    if (stranger !== undefined) {
      return { is: "wrong", why: `There is no row "${stranger}"; there are ${rows.join(", ")}.` };
    }
    return { is: "wish", wish: { quick: values.quick, only, plot: values.plot } };
  } catch (error) {
    return { is: "wrong", why: error instanceof Error ? error.message : String(error) };
  }
}
