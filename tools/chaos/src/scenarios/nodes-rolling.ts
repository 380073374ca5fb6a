import { gatherOn, openNodes, type Nodes } from "./nodes.ts";
import type { Outcome, Round, Scenario } from "./scenario.ts";

/** How often somebody writes a few messages in a burst. */
const TIMES = 120;
/** How long a burst lasts, in ms: about as long as three restarts. */
const BURST_MS = 3_000;

/** Every server in turn is stopped in order and restarted, as in a rollout. */
export const nodesRolling = (nodes: number): Scenario => ({
  name: "nodes-rolling",
  about: "servers on one Redis, each ended with SIGTERM and started again in turn",
  rounds: 2,
  open: () => openNodes(nodes, play),
});

async function play({ servers, url, serverUrls }: Nodes, round: Round): Promise<Outcome> {
  return gatherOn(url, round, async (gathering) => {
    const talking = gathering.talk(TIMES, BURST_MS);
    for (const server of servers) {
      await server.stop();
      await server.start();
    }
    await talking;
    const { verdict } = await gathering.judge(url, serverUrls);
    return { verdict, note: "three restarts" };
  });
}
