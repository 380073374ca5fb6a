import { Child, type ChildOptions } from "@parley/testkit/child";
import { TASKSET } from "@parley/testkit/cores";

export interface NodeChildPlan extends Pick<ChildOptions, "messages"> {
  /** The file that Node runs, and Node's flags. */
  readonly file: string;
  readonly flags?: readonly string[];
  /** The core to pin it to; undefined leaves that to the system. */
  readonly core: number | undefined;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a file on its own core. */
export function nodeChild({ file, flags = [], core, env, ...options }: NodeChildPlan): Child {
  const node = [process.execPath, ...flags, file];
  const line = core === undefined ? node : [TASKSET, "-c", `${core}`, ...node];
  const [program = process.execPath, ...args] = line;
  return new Child(program, args, { env: { ...process.env, ...env }, ...options });
}
