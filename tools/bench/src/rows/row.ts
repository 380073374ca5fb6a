import type { Pinning } from "@parley/testkit/cores";
import type { SubjectName } from "../processes/subject.ts";
import type { Sizes } from "../sizes.ts";

/** What a row needs to measure. */
export interface Bench {
  readonly sizes: Sizes;
  readonly pinning: Pinning;
  /** How many sockets a process may have. */
  readonly socketsMax: number;
  /** Says what is being done. */
  progress(what: string): void;
}

/** One server's share of a row. Latencies are in ms, CPU shares of 1 core; missing: not measured. */
export interface Measured {
  readonly subject: SubjectName;
  /** What sets it apart from the same server's other lines. */
  readonly variant?: string;
  /** In the row's unit. */
  readonly figure: number;
  readonly p50?: number;
  readonly p99?: number;
  /** Of all deliveries due, the share that came in time. */
  readonly arrived?: number;
  readonly serverCpu?: number | undefined;
  /** Of the Redis that it keeps everything in. */
  readonly storeCpu?: number | undefined;
  readonly generatorCpu?: number;
  /** What else a reader has to know. */
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
  | "×";

/** What a row says in one number. */
export interface Verdict {
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
  /** Under what load, and what else there is to know of the comparison. */
  readonly conditions: string;
  /** Of the figures. */
  readonly unit: Unit;
  readonly verdicts: readonly Verdict[];
  readonly measured: readonly Measured[];
}

export interface Row {
  readonly name: string;
  measure(bench: Bench): Promise<RowResult>;
}

/** Whether an aim is reached. */
export function isReached({ value, aim }: Verdict): boolean | undefined {
  if (!aim) return undefined;
  return aim.is === "at least" ? value >= aim.value : value <= aim.value;
}
