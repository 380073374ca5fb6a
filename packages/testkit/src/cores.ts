import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The program that keeps a process to a core; Linux has it. */
export const TASKSET = "taskset";

/** Which core each process gets: the server's and the load generator's. */
export type Pinning =
  | {
      readonly is: "pinned";
      readonly server: number;
      readonly generator: number;
      /** What is left, for further nodes. */
      readonly spare: readonly number[];
    }
  | { readonly is: "not pinned"; readonly why: string };

/** Chooses cores, where there are two that this process may use and `taskset` to give them out. */
export function choosePinning(): Pinning {
  const allowed = allowedCores();
  if (!allowed) return { is: "not pinned", why: "this system does not say which cores there are" };
  const [server, generator, ...spare] = allowed;
  if (server === undefined || generator === undefined) {
    return { is: "not pinned", why: "there is one core only" };
  }
  try {
    execFileSync(TASKSET, ["--version"], { stdio: "ignore" });
  } catch {
    return { is: "not pinned", why: "there is no taskset" };
  }
  return { is: "pinned", server, generator, spare };
}

/** Keeps all threads of a process to these cores, and what it starts from then on. */
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
  } catch {
    return undefined;
  }
}
