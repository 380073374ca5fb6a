import { deploymentText } from "../processes/deployment.ts";
import { subjects } from "../processes/subject.ts";
import { againstOthers, contendersFor } from "./contenders.ts";
import { highestHeld } from "./held.ts";
import { steadyLine } from "./held-lines.ts";
import { nodesConditions } from "./nodes-conditions.ts";
import type { Measured, Row } from "./row.ts";

/** How many deliveries a second this many nodes hold together. */
export const nodesFanOut = (nodes: number): Row => ({
  name: "nodes-fan-out",
  async measure(bench) {
    const sizes = bench.sizes.fanOut;
    const measured: Measured[] = [];
    for (const { subject, deployment } of contendersFor(nodes)) {
      const variant = deploymentText(deployment);
      bench.progress(`${subjects[subject].title}, ${variant}`);
      const best = await highestHeld(subjects[subject], bench, sizes, deployment);
      measured.push(
        best
          ? { subject, variant, figure: best.deliveriesPerSecond, ...steadyLine(best) }
          : { subject, variant, figure: 0, notes: ["no rate was held"] },
      );
    }
    return {
      title: `Deliveries a second held with p99 ≤ 50 ms, ${nodes} nodes`,
      conditions: `${sizes.rooms} rooms of ${sizes.size}, messages of ${sizes.bodyBytes} bytes; ${nodesConditions(bench, nodes)}`,
      unit: "deliveries/s",
      verdicts: againstOthers(measured),
      measured,
    };
  },
});
