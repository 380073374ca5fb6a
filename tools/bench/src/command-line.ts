import { parseArgs } from "node:util";

/** More processes than this prove nothing on one machine. */
const NODES_MAX = 16;

/** More members than this need more than one machine. */
const MEMBERS_MAX = 1_000_000;

/** Which rows there are. */
export interface RowsKind {
  /** How many nodes; undefined: the rows of a single server. */
  readonly nodes: number | undefined;
  /** Numbers of members of a large site; undefined: the other rows, or all points of the curves. */
  readonly members: readonly number[] | undefined;
  /** Whether curves over numbers of members are measured. */
  readonly curves: boolean;
  /** The sizes of the curves' rooms; undefined: all. */
  readonly rooms: readonly number[] | undefined;
}

/** The parsed command line. */
export interface Wish extends RowsKind {
  /** In under two minutes: fewer clients, shorter runs. */
  readonly quick: boolean;
  /** The names of the rows to measure; undefined: all. */
  readonly only: readonly string[] | undefined;
  /** Whether to draw docs/bench.svg, or docs/scale.svg with the curves. */
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
        curves: { type: "boolean", default: false },
        rooms: { type: "string" },
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
    const rooms = values.rooms?.split(",").map(Number);
    const { curves } = values;
    for (const [name, counts] of Object.entries({ members, rooms })) {
      if (counts?.some((count) => !isCount(count, MEMBERS_MAX))) {
        return { is: "wrong", why: `--${name} takes whole numbers from 2 to ${MEMBERS_MAX}.` };
      }
    }
    if (nodes !== undefined && (members || curves)) {
      return { is: "wrong", why: "--members and --curves choose the number of nodes themselves." };
    }
    if (rooms && !curves) return { is: "wrong", why: "--rooms belongs to --curves." };
    const kind = { nodes, members, curves, rooms };
    const names = rowsOf(kind);
    const only = values.only?.flatMap((names) => names.split(","));
    const stranger = only?.find((name) => !names.includes(name));
    if (stranger !== undefined) {
      return { is: "wrong", why: `There is no row "${stranger}"; there are ${names.join(", ")}.` };
    }
    return { is: "wish", wish: { ...kind, quick: values.quick, only, plot: values.plot } };
  } catch (error) {
    return { is: "wrong", why: error instanceof Error ? error.message : String(error) };
  }
}

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 2 && value <= max;
}
