import { RedisCluster } from "@parley/testkit/redis-cluster";
import { pause } from "@parley/testkit/waiting";
import { whole } from "../chance.ts";
import { alsoFound } from "../checker/verdict.ts";
import { gatherOn, openNodesOn, type Nodes } from "./nodes.ts";
import { expectations, type Outcome, type Round, type Scenario } from "./scenario.ts";

/** How many masters share the slots. */
const MASTERS = 3;
/** How often somebody writes a few messages in a burst. */
const TIMES = 120;
/** How long a burst lasts, in ms. */
const BURST_MS = 2_500;
/** The longest that the slot stays in its place, in ms. */
const STAYS_MS = 1_500;

/** The slot of a room moves to another master of a Redis Cluster while members write. */
export const nodesCluster = (nodes: number): Scenario => ({
  name: "nodes-cluster",
  about: "servers on a Redis Cluster of three masters, the room's slot moved under load",
  rounds: 4,
  open: async () => openNodesOn(await RedisCluster.start(MASTERS), nodes, play),
});

async function play(
  { redis, url, serverUrls }: Nodes<RedisCluster>,
  round: Round,
): Promise<Outcome> {
  return gatherOn(url, round, async (gathering) => {
    const talking = gathering.talk(TIMES, BURST_MS);
    const at = whole(round.chance, 0, STAYS_MS);
    await pause(at);
    const underWay = gathering.pending;
    await redis.moveSlotOf(`parley:{${round.roomId}}:log`);
    await talking;
    const { verdict } = await gathering.judge(url, serverUrls);
    const isSame = !gathering.observations.some(
      (each) => each.is === "window" && each.why === "reset",
    );
    const found = expectations({ "[O3] a slot that moves is no new epoch": isSame });
    return { verdict: alsoFound(verdict, found), underWay, note: `moved at ${at} ms` };
  });
}
