import { pause } from "@parley/testkit/waiting";
import { whole } from "../chance.ts";
import { judgeLoss } from "./nodes-loss.ts";
import { gatherOn, openNodes, type Nodes } from "./nodes.ts";
import type { Outcome, Round, Scenario } from "./scenario.ts";

/** How many bursts of messages are written before and after. */
const TIMES = 20;
/** How long they take, in ms. */
const BURST_MS = 400;
/** Redis loses everything: nobody is shown a mixture, and everybody is told (SPEC O3, R5). */
export const nodesFlush = (nodes: number): Scenario => ({
  name: "nodes-flush",
  about: "servers whose Redis loses everything (FLUSHALL) while people write",
  rounds: 3,
  open: () => openNodes(nodes, play),
});

async function play({ redis, url, serverUrls }: Nodes, round: Round): Promise<Outcome> {
  return gatherOn(url, round, async (gathering) => {
    await gathering.talk(TIMES, BURST_MS);
    await gathering.settled();
    const talking = gathering.talk(TIMES, BURST_MS);
    await pause(whole(round.chance, 0, BURST_MS));
    await redis.command("FLUSHALL");
    await talking;
    const { verdict, told } = await judgeLoss(gathering, { url, serverUrls });
    return { verdict, note: `${told} told, ${verdict.figures.lostAndSaid} lost and said so` };
  });
}
