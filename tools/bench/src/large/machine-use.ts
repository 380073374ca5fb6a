import { readdirSync, readFileSync } from "node:fs";
import { cpus, freemem, totalmem } from "node:os";
import { throwUnlessSystem } from "@parley/testkit/system-error";

/** How busy the whole machine is, since this was created. */
export class MachineUse {
  #before = cpuTimes();

  /** The share of all cores that was used since the last call. */
  cpuShare(): number {
    const now = cpuTimes();
    const { busy, total } = this.#before;
    this.#before = now;
    return now.total === total ? 0 : (now.busy - busy) / (now.total - total);
  }
}

/** The share of the memory that is not available. */
export function memoryShare(): number {
  return 1 - availableBytes() / totalmem();
}

/** The most files that one of these processes has open; NaN if the system does not say. */
export function mostOpenFiles(pids: readonly number[]): number {
  try {
    return Math.max(0, ...pids.map((pid) => readdirSync(`/proc/${pid}/fd`).length));
  } catch (error) {
    throwUnlessSystem(error);
    return Number.NaN;
  }
}

/** Caches count as available, unlike in `freemem`. */
function availableBytes(): number {
  try {
    const found = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
    return found === undefined ? freemem() : Number(found) * 1_024;
  } catch (error) {
    throwUnlessSystem(error);
    return freemem();
  }
}

function cpuTimes(): { readonly busy: number; readonly total: number } {
  let busy = 0;
  let total = 0;
  for (const { times } of cpus()) {
    const all = times.user + times.nice + times.sys + times.irq + times.idle;
    total += all;
    busy += all - times.idle;
  }
  return { busy, total };
}
