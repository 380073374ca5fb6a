import { Child, type ChildOptions } from "@parley/testkit/child";
import { TASKSET } from "@parley/testkit/cores";

export interface NodeChildPlan extends Pick<ChildOptions, "messages"> {
  /** A file that Node runs, and flags for Node in front of it. */
  readonly file: string;
  readonly flags?: readonly string[];
  /** The core it has to keep to; undefined leaves that to the system. */
  readonly core: number | undefined;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a file on a core of its own. */
export function nodeChild({ file, flags = [], core, env, ...options }: NodeChildPlan): Child {
  const node = [process.execPath, ...flags, file];
  const line = core === undefined ? node : [TASKSET, "-c", `${core}`, ...node];
  const [program = process.execPath, ...args] = line;
  return new Child(program, args, { env: { ...process.env, ...env }, ...options });
}
