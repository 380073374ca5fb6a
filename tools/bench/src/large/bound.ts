import type { Joined } from "../load/large-orders.ts";

/** How much of the machine a stage used, as shares of 1. */
export interface Use {
  readonly cpu: number;
  readonly memory: number;
  /** Of the process that has the most, of what it may have. */
  readonly openFiles: number;
}

/** What became of a load. */
export interface Reception {
  /** The share of all due deliveries that arrived. */
  readonly arrived: number;
  readonly p99: number;
  readonly lost: number;
}

const FULL_CPU = 0.9;
/** From here on, joining stops, because a machine without memory ends processes. */
export const FULL_MEMORY = 0.92;
const FULL_FILES = 0.97;
/** A load is held if this share arrives, and a delivery takes at most so many ms in 99 of 100. */
const ARRIVED_MIN = 0.995;
const P99_MAX_MS = 1_000;

/** Why not all members joined; undefined if they did. */
export function boundOfJoining(joined: Joined, use: Use): string | undefined {
  if (joined.joined >= joined.wanted) return undefined;
  const { ms, failed } = joined;
  const so = `${joined.joined.toLocaleString("en-US")} of ${joined.wanted.toLocaleString("en-US")} in`;
  if (use.memory >= FULL_MEMORY) return `memory (${so})`;
  if (use.openFiles >= FULL_FILES) return `open files of a process (${so})`;
  if (joined.isLate) {
    const seconds = Math.round(ms / 1_000);
    return `the time to join, with ${percent(use.cpu)} of the CPU used (${so} after ${seconds} s)`;
  }
  return `${failed} joins that failed (${so})`;
}

/** Why a load was not held; undefined if it was. */
export function boundOfTalk({ arrived, p99, lost }: Reception, { cpu }: Use): string | undefined {
  if (lost > 0) return `${lost} connections lost`;
  if (arrived >= ARRIVED_MIN && p99 <= P99_MAX_MS) return undefined;
  const why = cpu >= FULL_CPU ? "CPU" : `delay, with ${percent(cpu)} of the CPU used`;
  return `${why} (${percent(arrived)} arrived, p99 ${Math.round(p99)} ms)`;
}

/** What is nearest to its limit. */
export function nearestBound({ cpu, memory, openFiles }: Use): string {
  return [
    { name: "CPU", share: cpu },
    { name: "memory", share: memory },
    { name: "open files of a process", share: openFiles },
  ]
    .filter(({ share }) => !Number.isNaN(share))
    .toSorted((a, b) => b.share - a.share)
    .map(({ name, share }) => `${name} ${percent(share)}`)
    .join(", ");
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
