import { pause } from "@parley/testkit/waiting";
import { whole } from "../chance.ts";
import { gatherOn, openNodes, type Nodes } from "./nodes.ts";
import type { Outcome, Round, Scenario } from "./scenario.ts";

/** How often somebody writes a few messages in a burst. */
const TIMES = 120;
/** How long a burst lasts, in ms. */
const BURST_MS = 2_000;
/** How often all subscriptions are cut, and the longest time between two cuts, in ms. */
const CUTS = 8;
const APART_MS = 250;

/**
 * The subscriptions of all servers break again and again, so that they must read what they missed.
 */
export const nodesDeaf = (nodes: number): Scenario => ({
  name: "nodes-deaf",
  about: "servers whose subscriptions are all killed again and again",
  rounds: 4,
  open: () => openNodes(nodes, play),
});

async function play({ redis, url, serverUrls }: Nodes, round: Round): Promise<Outcome> {
  return gatherOn(url, round, async (gathering) => {
    const talking = gathering.talk(TIMES, BURST_MS);
    for (let cut = 0; cut < CUTS; cut += 1) {
      await pause(whole(round.chance, 0, APART_MS));
      await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
    }
    await talking;
    const { verdict } = await gathering.judge(url, serverUrls);
    return { verdict, note: `${CUTS} cuts` };
  });
}
