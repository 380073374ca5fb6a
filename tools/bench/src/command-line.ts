import { parseArgs } from "node:util";

/** More processes than this say nothing on one machine. */
const NODES_MAX = 16;

/** What was asked for on the command line. */
export interface Wish {
  /** In under two minutes: fewer guests, shorter runs. */
  readonly quick: boolean;
  /** Of how many nodes; undefined: the rows of one. */
  readonly nodes: number | undefined;
  /** The rows to measure, by name; undefined: all. */
  readonly only: readonly string[] | undefined;
  /** Whether to draw docs/bench.svg. */
  readonly plot: boolean;
}

export type CommandLine =
  | { readonly is: "wish"; readonly wish: Wish }
  | { readonly is: "help" }
  | { readonly is: "wrong"; readonly why: string };

/**
 * Reads the arguments.
 * @param args without the program's name
 * @param rowsOf the names that `--only` may have with so many nodes, or without any being named; it
 * may be given more than once, or a list with commas
 */
export function readCommandLine(
  args: readonly string[],
  rowsOf: (nodes: number | undefined) => readonly string[],
): CommandLine {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: "boolean", default: false },
        nodes: { type: "string" },
        only: { type: "string", multiple: true },
        plot: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return { is: "help" };
    const nodes = values.nodes === undefined ? undefined : Number(values.nodes);
    if (nodes !== undefined && !(Number.isInteger(nodes) && nodes >= 2 && nodes <= NODES_MAX)) {
      return { is: "wrong", why: `--nodes takes a whole number from 2 to ${NODES_MAX}.` };
    }
    const rows = rowsOf(nodes);
    const only = values.only?.flatMap((names) => names.split(","));
    const stranger = only?.find((name) => !rows.includes(name));
    if (stranger !== undefined) {
      return { is: "wrong", why: `There is no row "${stranger}"; there are ${rows.join(", ")}.` };
    }
    return { is: "wish", wish: { quick: values.quick, nodes, only, plot: values.plot } };
  } catch (error) {
    return { is: "wrong", why: error instanceof Error ? error.message : String(error) };
  }
}
