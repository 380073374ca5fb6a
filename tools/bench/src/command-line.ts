import { parseArgs } from "node:util";

/** More processes than this prove nothing on one machine. */
const NODES_MAX = 16;

/** More members than this need more than one machine. */
const MEMBERS_MAX = 1_000_000;

/** Which rows there are. */
export interface RowsKind {
  /** How many nodes; undefined: the rows of a single server. */
  readonly nodes: number | undefined;
  /** Numbers of members of a large site; undefined: the other rows. */
  readonly members: readonly number[] | undefined;
}

/** The parsed command line. */
export interface Wish extends RowsKind {
  /** In under two minutes: fewer clients, shorter runs. */
  readonly quick: boolean;
  /** The names of the rows to measure; undefined: all. */
  readonly only: readonly string[] | undefined;
  /** Whether to draw docs/bench.svg. */
  readonly plot: boolean;
}

export type CommandLine =
  | { readonly is: "wish"; readonly wish: Wish }
  | { readonly is: "help" }
  | { readonly is: "wrong"; readonly why: string };

/**
 * Parses the arguments.
 * @param args without the program's name
 * @param rowsOf the names that `--only` accepts for this kind of rows;
 * `--only` may be repeated, or have a list with commas
 */
export function readCommandLine(
  args: readonly string[],
  rowsOf: (kind: RowsKind) => readonly string[],
): CommandLine {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: "boolean", default: false },
        nodes: { type: "string" },
        members: { type: "string" },
        only: { type: "string", multiple: true },
        plot: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return { is: "help" };
    const nodes = values.nodes === undefined ? undefined : Number(values.nodes);
    if (nodes !== undefined && !isCount(nodes, NODES_MAX)) {
      return { is: "wrong", why: `--nodes takes a whole number from 2 to ${NODES_MAX}.` };
    }
    const members = values.members?.split(",").map(Number);
    if (members?.some((count) => !isCount(count, MEMBERS_MAX))) {
      return { is: "wrong", why: `--members takes whole numbers from 2 to ${MEMBERS_MAX}.` };
    }
    if (members && nodes !== undefined) {
      return { is: "wrong", why: "--members chooses the number of nodes itself." };
    }
    const rows = rowsOf({ nodes, members });
    const only = values.only?.flatMap((names) => names.split(","));
    const stranger = only?.find((name) => !rows.includes(name));
    if (stranger !== undefined) {
      return { is: "wrong", why: `There is no row "${stranger}"; there are ${rows.join(", ")}.` };
    }
    return { is: "wish", wish: { quick: values.quick, nodes, members, only, plot: values.plot } };
  } catch (error) {
    return { is: "wrong", why: error instanceof Error ? error.message : String(error) };
  }
}

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 2 && value <= max;
}
