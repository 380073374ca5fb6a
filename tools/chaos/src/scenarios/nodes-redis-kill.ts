import { pause } from "@parley/testkit/waiting";
import { whole } from "../chance.ts";
import { alsoFound } from "../checker/verdict.ts";
import { ClientActor } from "../actors/client-actor.ts";
import { gatherOn, openNodes, type Nodes } from "./nodes.ts";
import { expectations, type Outcome, type Round, type Scenario } from "./scenario.ts";

/** How often somebody writes a few messages in a burst. */
const TIMES = 80;
/** How long a burst lasts, in ms. */
const BURST_MS = 1_200;
/** The longest that Redis is away, in ms. */
const AWAY_MS = 600;

/** Redis is killed with SIGKILL at a random moment, and restarted with its data. */
export const nodesRedisKill = (nodes: number): Scenario => ({
  name: "nodes-redis-kill",
  about: "servers whose Redis (appendfsync always) is killed at any moment and comes back",
  rounds: 4,
  open: () => openNodes(nodes, play),
});

async function play({ redis, url, serverUrls }: Nodes, round: Round): Promise<Outcome> {
  const { chance } = round;
  return gatherOn(url, round, async (gathering) => {
    const talking = gathering.talk(TIMES, BURST_MS);
    await pause(whole(chance, 0, BURST_MS));
    const underWay = gathering.pending;
    await redis.kill();
    const away = whole(chance, 0, AWAY_MS);
    await pause(away);
    const dropped = gathering.actors.filter((actor) => actor instanceof ClientActor && !actor.isIn);
    await redis.start();
    await talking;
    const { verdict } = await gathering.judge(url, serverUrls);
    const found = expectations({ "nobody was dropped while Redis was away": dropped.length === 0 });
    return { verdict: alsoFound(verdict, found), underWay, note: `away for ${away} ms` };
  });
}
