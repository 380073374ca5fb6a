import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { throwUnlessSystem } from "./system-error.ts";

/** The usual value on Linux. */
const USUAL_TICKS_PER_SECOND = 100;
/** The place of utime and stime in /proc/PID/stat, counted after the name in brackets. */
const USER_FIELD = 11;
const SYSTEM_FIELD = 12;

let ticksPerSecond: number | undefined;

/**
 * The CPU time that processes have used, with all their threads, in ms.
 * @returns undefined without /proc, or if one of them is gone
 */
export function cpuMsOf(pids: readonly number[]): number | undefined {
  let ticks = 0;
  for (const pid of pids) {
    const stat = read(`/proc/${pid}/stat`);
    if (stat === undefined) return undefined;
    ticks += ticksIn(stat);
  }
  ticksPerSecond ??= readTicksPerSecond();
  return (ticks * 1_000) / ticksPerSecond;
}

/** The memory that processes hold together, in bytes; undefined as for {@link cpuMsOf}. */
export function residentBytesOf(pids: readonly number[]): number | undefined {
  let bytes = 0;
  for (const pid of pids) {
    const status = read(`/proc/${pid}/status`);
    if (status === undefined) return undefined;
    bytes += residentBytesIn(status);
  }
  return bytes;
}

/** @param stat the text of /proc/PID/stat; the name in it may contain spaces and brackets */
export function ticksIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[USER_FIELD]) + Number(fields[SYSTEM_FIELD]);
}

/** @param status the text of /proc/PID/status */
export function residentBytesIn(status: string): number {
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) * 1_024;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throwUnlessSystem(error);
    return undefined;
  }
}

function readTicksPerSecond(): number {
  try {
    return Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  } catch (error) {
    throwUnlessSystem(error);
    return USUAL_TICKS_PER_SECOND;
  }
}
