import { pause } from "@parley/testkit/waiting";
import { oneOf, whole } from "../chance.ts";
import { gatherOn, openNodes, type Nodes } from "./nodes.ts";
import type { Outcome, Round, Scenario } from "./scenario.ts";

/** How often somebody writes a few messages in a burst. */
const TIMES = 80;
/** How long a burst lasts, in ms. */
const BURST_MS = 1_500;
/** How many servers are killed. */
const KILLS = 2;
/** The longest time between two kills, in ms. */
const APART_MS = 500;

/**
 * Random servers are killed with SIGKILL at random moments; their members continue on the others.
 */
export const nodesKill = (nodes: number): Scenario => ({
  name: "nodes-kill",
  about: "servers on one Redis, two of them killed at any moment, clients that go anywhere",
  rounds: 5,
  open: () => openNodes(nodes, play),
});

async function play({ servers, url, serverUrls }: Nodes, round: Round): Promise<Outcome> {
  const { chance } = round;
  return gatherOn(url, round, async (gathering) => {
    const talking = gathering.talk(TIMES, BURST_MS);
    let underWay = 0;
    const back: Promise<void>[] = [];
    const victims = new Set(servers);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await pause(whole(chance, 0, APART_MS));
      const victim = oneOf(chance, [...victims]);
      if (!victim) break;
      victims.delete(victim);
      underWay += gathering.pending;
      await victim.kill();
      back.push(victim.start());
    }
    await Promise.all([talking, ...back]);
    const { verdict } = await gathering.judge(url, serverUrls);
    return { verdict, underWay, note: `${underWay} under way` };
  });
}
