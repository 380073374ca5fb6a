import type { Pinning } from "@parley/testkit/cores";
import type { SubjectName } from "../processes/subject.ts";
import type { Point } from "./point.ts";
import type { Sizes } from "../sizes.ts";

/** What a row needs to measure. */
export interface Bench {
  readonly sizes: Sizes;
  readonly pinning: Pinning;
  /** How many sockets a process may have. */
  readonly socketsMax: number;
  /** How many files a process may have open. */
  readonly openFiles: number;
  /** Prints what is being done. */
  progress(what: string): void;
}

/** One server's result in a row. Latencies are in ms, CPU in cores; missing: not measured. */
export interface Measured {
  readonly subject: SubjectName;
  /** Distinguishes it from other lines of the same server. */
  readonly variant?: string;
  /** In the row's unit. */
  readonly figure: number;
  readonly p50?: number;
  readonly p99?: number;
  /** The share of all due deliveries that arrived in time. */
  readonly arrived?: number;
  readonly serverCpu?: number | undefined;
  /** The CPU of the Redis that stores everything. */
  readonly storeCpu?: number | undefined;
  readonly generatorCpu?: number;
  /** Further notes for the reader. */
  readonly notes: readonly string[];
}

export type Unit =
  | "deliveries/s"
  | "messages/s"
  | "joins/s"
  | "µs"
  | "ms"
  | "s"
  | "KB"
  | "MB"
  | "MB/s"
  | "members"
  | "×";

/** A row's result in one number. */
export interface RowVerdict {
  /** Such as `against Socket.IO 4.8`. */
  readonly of: string;
  readonly value: number;
  readonly unit: Unit;
  readonly aim?: Aim | undefined;
}

export interface Aim {
  readonly is: "at least" | "at most";
  readonly value: number;
}

export interface RowResult {
  readonly title: string;
  /** The load, and other conditions of the comparison. */
  readonly conditions: string;
  /** The unit of the figures. */
  readonly unit: Unit;
  readonly verdicts: readonly RowVerdict[];
  readonly measured: readonly Measured[];
  /** What a row of the curves measured. */
  readonly points?: readonly Point[];
}

export interface Row {
  readonly name: string;
  measure(bench: Bench): Promise<RowResult>;
}

/** Whether an aim was reached. */
export function isReached({ value, aim }: RowVerdict): boolean | undefined {
  if (!aim) return undefined;
  return aim.is === "at least" ? value >= aim.value : value <= aim.value;
}
