import { cpu, light } from "./cpu.ts";
import { durable } from "./durable.ts";
import { fanOut } from "./fan-out.ts";
import { files } from "./files.ts";
import { http } from "./http.ts";
import { idle } from "./idle.ts";
import { joins } from "./joins.ts";
import { latency } from "./latency.ts";
import { memory } from "./memory.ts";
import { nodesAffinity } from "./nodes-affinity.ts";
import { nodesCpu } from "./nodes-cpu.ts";
import { nodesFanOut } from "./nodes-fan-out.ts";
import { nodesLatency } from "./nodes-latency.ts";
import { restart } from "./restart.ts";
import type { Row } from "./row.ts";
import { slow } from "./slow.ts";

/** All rows, in the order in which they are measured. */
export const rows: readonly Row[] = [
  fanOut,
  cpu,
  light,
  durable,
  latency,
  joins,
  memory,
  restart,
  slow,
  idle,
  http,
  files,
];

/** The rows that compare this many nodes with one, likewise. */
export const nodesRows = (nodes: number): readonly Row[] =>
  [nodesFanOut, nodesCpu, nodesAffinity, nodesLatency].map((row) => row(nodes));
