import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { throwUnlessSystem } from "./system-error.ts";

/** The program that pins a process to a core; Linux has it. */
export const TASKSET = "taskset";

/** Which core each process gets: the server and the load generator. */
export type Pinning =
  | {
      readonly is: "pinned";
      readonly server: number;
      readonly generator: number;
      /** The other cores, for further nodes. */
      readonly spare: readonly number[];
    }
  | { readonly is: "not pinned"; readonly why: string };

/** Chooses cores, if this process may use two and `taskset` exists. */
export function choosePinning(): Pinning {
  const allowed = allowedCores();
  if (!allowed) return { is: "not pinned", why: "this system does not say which cores there are" };
  const [server, generator, ...spare] = allowed;
  if (server === undefined || generator === undefined) {
    return { is: "not pinned", why: "there is one core only" };
  }
  try {
    execFileSync(TASKSET, ["--version"], { stdio: "ignore" });
  } catch (error) {
    throwUnlessSystem(error);
    return { is: "not pinned", why: "there is no taskset" };
  }
  return { is: "pinned", server, generator, spare };
}

/** Pins all threads of a process, and its later children, to these cores. */
export function keepTo(cores: readonly number[], pid: number): void {
  execFileSync(TASKSET, ["-a", "-c", "-p", cores.join(), `${pid}`], { stdio: "ignore" });
}

/** The numbers in a list of cores as Linux writes it, such as `0-2,5`. */
export function coresIn(list: string): number[] {
  return list
    .trim()
    .split(",")
    .filter((part) => part !== "")
    .flatMap((part) => {
      const [from = 0, to = from] = part.split("-").map(Number);
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    });
}

function allowedCores(): number[] | undefined {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
    return list === undefined ? undefined : coresIn(list);
  } catch (error) {
    throwUnlessSystem(error);
    return undefined;
  }
}
