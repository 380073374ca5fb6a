import { subjects } from "../processes/subject.ts";
import { JOINS_AT_ONCE } from "../sizes.ts";
import { Stage } from "../stage.ts";
import type { Distribution } from "../load/targets.ts";
import type { Steady } from "./held.ts";
import { steadyLine } from "./held-lines.ts";
import type { Bench, Measured, Row, RowVerdict } from "./row.ts";

const MICROSECONDS = 1_000_000;

const VARIANTS: Readonly<Record<Distribution, string>> = {
  "neighbours-apart": "rooms spread over all nodes",
  "by-shard": "each room on one node",
  "one-apart": "a node with one reader of each room",
};

/** What it saves that the members of a room meet on one node, as a balancer brings them together. */
export const nodesAffinity = (nodes: number): Row => ({
  name: "nodes-affinity",
  async measure(bench) {
    const { rooms, size, rate, bodyBytes } = bench.sizes.affinity;
    const apart = await run(bench, nodes, "neighbours-apart");
    const together = await run(bench, nodes, "by-shard");
    const one = await run(bench, 1, "by-shard");
    const reader = await run(bench, 2, "one-apart");
    const verdicts: RowVerdict[] = [
      against("CPU of the nodes, together against spread", together.serverCpu, apart.serverCpu),
      against("CPU of Redis, together against spread", together.storeCpu, apart.storeCpu),
      micros("CPU of Redis a message, spread", apart, apart.storeCpu),
      micros("CPU of Redis a message, together", together, together.storeCpu),
      micros("CPU of Redis a message, one node", one, one.storeCpu),
      micros("CPU of a node with one reader of each room, a message", reader, reader.serverCpu),
    ];
    return {
      title: `CPU of ${nodes} nodes a delivery, with and without affinity`,
      conditions: `${rate} messages/s of ${bodyBytes} bytes into ${rooms} rooms of ${size}; clients connect to the nodes directly, as a balancer would lead them; all nodes share a core unless there are more, and Redis (appendfsync always) has none of its own`,
      unit: "µs",
      verdicts,
      measured: [
        lineOf(apart, VARIANTS["neighbours-apart"]),
        lineOf(together, VARIANTS["by-shard"]),
        lineOf(one, "one node"),
      ],
    };
  },
});

function against(of: string, value = Number.NaN, other = Number.NaN): RowVerdict {
  return { of, value: value / other, unit: "×" };
}

function micros(of: string, { messagesPerSecond }: Steady, cpu = Number.NaN): RowVerdict {
  return { of, value: (cpu * MICROSECONDS) / messagesPerSecond, unit: "µs" };
}

function lineOf(report: Steady, variant: string): Measured {
  const { serverCpu = Number.NaN, deliveriesPerSecond } = report;
  const figure = (serverCpu * MICROSECONDS) / deliveriesPerSecond;
  return { subject: "parley", variant, figure, ...steadyLine(report) };
}

function run(bench: Bench, nodes: number, distribution: Distribution): Promise<Steady> {
  const { rooms, size, ...load } = bench.sizes.affinity;
  bench.progress(`${nodes} nodes, ${VARIANTS[distribution]}`);
  const act = async (stage: Stage) => {
    const { pids, storePids } = stage.server;
    await stage.gather(rooms, size, JOINS_AT_ONCE, distribution);
    const measured = distribution === "one-apart" ? pids.slice(1) : pids;
    return stage.carryOut({ do: "steady", ...load, pids: measured, storePids });
  };
  return Stage.with(subjects.parley, bench.pinning, act, { nodes, by: "redis" });
}
