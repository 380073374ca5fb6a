import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";
import type { Pinning } from "@parley/testkit/cores";
import { diskSyncMs } from "./disk-sync.ts";
import { throwUnlessSystem } from "@parley/testkit/system-error";

const TMPFS = 0x0102_1994;
/** The assumption if the system does not say; macOS has it by default. */
const USUAL_OPEN_FILES = 10_240;
/** Open files that are no client sockets. */
const OTHER_FILES = 200;
const GB = 1_024 ** 3;
/** From this share of the machine on, other processes affect the figures. */
const BUSY_SHARE = 0.25;

/** The machine that gave the figures. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly pinning: Pinning;
  /** How many files, and so sockets, a process may have open. */
  readonly openFiles: number;
  /** Whether the data is on a disk; in a file system in memory nothing is durable. */
  readonly disk: boolean;
  /** How long the disk takes to make one small write durable, in ms. */
  readonly diskSyncMs: number;
  /** How busy the machine was in the minute before, in cores. */
  readonly loadBefore: number;
}

/** @param dataRoot where servers store their data */
export async function readMachine(dataRoot: string, pinning: Pinning): Promise<Machine> {
  const { type: fileSystem } = await statfs(dataRoot);
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / GB),
    system: `${type()} ${release()}`,
    node: process.version,
    pinning,
    openFiles: readOpenFiles(),
    disk: fileSystem !== TMPFS,
    diskSyncMs: await diskSyncMs(dataRoot),
    loadBefore: loadavg()[0] ?? Number.NaN,
  };
}

/** How many clients one process can have. */
export function socketsMaxOf({ openFiles }: Machine): number {
  return openFiles - OTHER_FILES;
}

/** The machine in a few lines, for people. */
export function describeMachine(machine: Machine): string[] {
  const { pinning } = machine;
  const cores =
    pinning.is === "pinned"
      ? `server pinned to core ${pinning.server}, load generator to core ${pinning.generator}`
      : `not pinned: ${pinning.why}`;
  const sync = `a sync of it takes ${machine.diskSyncMs.toFixed(2)} ms`;
  const disk = machine.disk ? `data on disk, ${sync}` : "data in memory: nothing here is durable";
  const lines = [
    `${machine.cores} cores (${machine.processor}), ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}`,
    `${cores}; up to ${machine.openFiles} open files; ${disk}; load before: ${machine.loadBefore.toFixed(1)}`,
  ];
  if (machine.loadBefore < machine.cores * BUSY_SHARE) return lines;
  return [...lines, "The machine is busy with something else: take no figure for what it seems."];
}

/** Node raises the soft limit to the hard one as it starts. */
function readOpenFiles(): number {
  try {
    const limits = readFileSync("/proc/self/limits", "utf8");
    const limit = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
    return limit === undefined ? USUAL_OPEN_FILES : Number(limit);
  } catch (error) {
    throwUnlessSystem(error);
    return USUAL_OPEN_FILES;
  }
}
