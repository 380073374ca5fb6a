import { pause } from "@parley/testkit/waiting";
import { oneOf, whole } from "../chance.ts";
import { openNodes, type Nodes } from "./nodes.ts";
import { PrivateGathering } from "./private-gathering.ts";
import type { Outcome, Round, Scenario } from "./scenario.ts";

/** How often somebody writes in a burst, and how long it lasts, in ms. */
const TIMES = 120;
const BURST_MS = 2_000;
/** How often all subscriptions are cut, and the longest time between two cuts, in ms. */
const CUTS = 6;
const APART_MS = 250;

/**
 * Private messages over WebSockets and HTTP, and over several servers. Their subscriptions break again
 * and again, and one server is killed; its members continue on the others.
 */
export const nodesPrivate = (nodes: number): Scenario => ({
  name: "nodes-private",
  about:
    "private messages, also over HTTP, and servers whose subscriptions are killed, and one itself",
  rounds: 4,
  open: () => openNodes(nodes, play),
});

async function play({ redis, servers, url, serverUrls }: Nodes, round: Round): Promise<Outcome> {
  const { chance } = round;
  const places = {
    Anna: { url },
    Ben: { url, way: "stream" },
    Cleo: { url, way: "poll" },
  } as const;
  return PrivateGathering.gather(round, places, async (gathering) => {
    const talking = gathering.talk(TIMES, BURST_MS);
    for (let cut = 0; cut < CUTS; cut += 1) {
      await pause(whole(chance, 0, APART_MS));
      await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
    }
    const victim = oneOf(chance, servers);
    const underWay = gathering.pending;
    await victim?.kill();
    await Promise.all([victim?.start(), talking]);
    const verdict = await gathering.judge(url, serverUrls);
    return { verdict, underWay, note: `${CUTS} cuts and a kill, ${underWay} under way` };
  });
}
