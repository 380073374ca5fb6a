import { deploymentText } from "../processes/deployment.ts";
import { subjects } from "../processes/subject.ts";
import { JOINS_AT_ONCE } from "../sizes.ts";
import { Stage } from "../stage.ts";
import { againstOthers, contenderText, contendersFor, type Contender } from "./contenders.ts";
import type { Steady } from "./held.ts";
import { steadyLine } from "./held-lines.ts";
import { nodesConditions } from "./nodes-conditions.ts";
import type { Bench, Measured, Row, RowVerdict } from "./row.ts";

const MICROSECONDS = 1_000_000;

/** The CPU of all nodes together for a delivery at equal load, and of Redis for a message. */
export const nodesCpu = (nodes: number): Row => ({
  name: "nodes-cpu",
  async measure(bench) {
    const { rooms, size, rate, bodyBytes } = bench.sizes.nodesCpu;
    const measured: Measured[] = [];
    const ofRedis: RowVerdict[] = [];
    const ours: Steady[] = [];
    for (const contender of contendersFor(nodes)) {
      const { subject, deployment } = contender;
      const report = await run(bench, contender);
      const { serverCpu = Number.NaN, storeCpu, deliveriesPerSecond, messagesPerSecond } = report;
      const figure = (serverCpu * MICROSECONDS) / deliveriesPerSecond;
      const variant = deploymentText(deployment);
      measured.push({ subject, variant, figure, ...steadyLine(report) });
      if (subject === "parley") ours.push(report);
      if (storeCpu === undefined) continue;
      const value = (storeCpu * MICROSECONDS) / messagesPerSecond;
      ofRedis.push({
        of: `CPU of Redis a message: ${contenderText(contender)}`,
        value,
        unit: "µs",
      });
    }
    return {
      title: `CPU of ${nodes} nodes a delivery at equal load`,
      conditions: `${rate} messages/s of ${bodyBytes} bytes into ${rooms} rooms of ${size}; ${nodesConditions(bench, nodes)}`,
      unit: "µs",
      verdicts: [...againstOthers(measured), ...ofRedis, ...furtherNode(ours, nodes)],
      measured,
    };
  },
});

function run(bench: Bench, contender: Contender): Promise<Steady> {
  const { rooms, size, ...load } = bench.sizes.nodesCpu;
  bench.progress(contenderText(contender));
  const act = async (stage: Stage) => {
    const { pids, storePids } = stage.server;
    await stage.gather(rooms, size, JOINS_AT_ONCE);
    return stage.carryOut({ do: "steady", ...load, pids, storePids });
  };
  return Stage.with(subjects[contender.subject], bench.pinning, act, contender.deployment);
}

/** The CPU of each further node for a message that it has readers of, without their deliveries. */
function furtherNode([several, one]: readonly Steady[], nodes: number): RowVerdict[] {
  if (several?.serverCpu === undefined || one?.serverCpu === undefined || nodes < 2) return [];
  const each = (report: Steady, cpu: number) => (cpu * MICROSECONDS) / report.messagesPerSecond;
  const more = each(several, several.serverCpu) - each(one, one.serverCpu);
  return [{ of: "CPU of each further node for a message", value: more / (nodes - 1), unit: "µs" }];
}
