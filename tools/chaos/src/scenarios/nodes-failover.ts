import { pause } from "@parley/testkit/waiting";
import { whole } from "../chance.ts";
import { alsoFound } from "../checker/verdict.ts";
import { gatherOn, openNodesOn, type Nodes } from "./nodes.ts";
import { judgeLoss } from "./nodes-loss.ts";
import { ReplicatedRedis } from "./replicated-redis.ts";
import { expectations, type Outcome, type Round, type Scenario } from "./scenario.ts";

/** How many bursts of messages are written before the fault, and how long that takes, in ms. */
const WELL_TIMES = 20;
const WELL_MS = 400;
/** The same while the replica lags and is then promoted. */
const LAG_TIMES = 60;
const LAG_MS = 1_500;
/** The shortest and the longest time for which the replica is cut off before that, in ms. */
const BEHIND_MS = [300, 900] as const;

/**
 * A replica that lacks the last acknowledged entries is promoted: a new epoch, and everybody is
 * told.
 */
export const nodesFailover = (nodes: number): Scenario => ({
  name: "nodes-failover",
  about: "servers whose Redis dies under load and is replaced by a replica that lags behind",
  rounds: 3,
  open: async () => openNodesOn(await ReplicatedRedis.start(), nodes, play),
});

async function play(
  { redis, url, serverUrls }: Nodes<ReplicatedRedis>,
  round: Round,
): Promise<Outcome> {
  await redis.replicate();
  return gatherOn(url, round, async (gathering) => {
    await gathering.talk(WELL_TIMES, WELL_MS);
    await gathering.settled();
    const talking = gathering.talk(LAG_TIMES, LAG_MS);
    await redis.cutOff();
    const behind = whole(round.chance, ...BEHIND_MS);
    await pause(behind);
    const underWay = gathering.pending;
    await redis.failOver();
    await talking;
    const { verdict, told } = await judgeLoss(gathering, { url, serverUrls });
    const { lostAndSaid } = verdict.figures;
    const found = expectations({ "the replica lacked what was acknowledged": lostAndSaid > 0 });
    const note = `${behind} ms behind, ${told} told, ${lostAndSaid} lost and said so`;
    return { verdict: alsoFound(verdict, found), underWay, note };
  });
}
