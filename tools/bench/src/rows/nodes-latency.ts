import { deploymentText } from "../processes/deployment.ts";
import { subjects } from "../processes/subject.ts";
import { JOINS_AT_ONCE } from "../sizes.ts";
import { Stage } from "../stage.ts";
import { againstOthers, contenderText, contendersFor } from "./contenders.ts";
import { nodesConditions } from "./nodes-conditions.ts";
import type { Measured, Row } from "./row.ts";

const BODY_BYTES = 64;

/** How long a message takes to a member on another node without other load. */
export const nodesLatency = (nodes: number): Row => ({
  name: "nodes-latency",
  async measure(bench) {
    const { rooms, size, messages, pauseMs } = bench.sizes.latency;
    const order = {
      do: "quiet",
      messages,
      bodyBytes: BODY_BYTES,
      pauseMs,
      reader: "neighbour",
    } as const;
    const measured: Measured[] = [];
    for (const contender of contendersFor(nodes)) {
      const { subject, deployment } = contender;
      bench.progress(contenderText(contender));
      const act = async (stage: Stage) => {
        await stage.gather(rooms, size, JOINS_AT_ONCE);
        await stage.carryOut(order);
        return stage.carryOut(order);
      };
      const report = await Stage.with(subjects[subject], bench.pinning, act, deployment);
      const { latency, generatorCpu } = report;
      const { p50, p99 } = latency;
      const variant = deploymentText(deployment);
      measured.push({ subject, variant, figure: p50, p50, p99, generatorCpu, notes: [] });
    }
    return {
      title: `One quiet message, from sending to a reader on another of ${nodes} nodes, p50`,
      conditions: `rooms of ${size}, ${messages} messages, each ${pauseMs} ms after the last; ${nodesConditions(bench, nodes)}`,
      unit: "ms",
      verdicts: againstOthers(measured),
      measured,
    };
  },
});
