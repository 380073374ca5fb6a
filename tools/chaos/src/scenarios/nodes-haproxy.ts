import { Balancer } from "@parley/testkit/balancer";
import { Haproxy } from "@parley/testkit/haproxy";
import { pause } from "@parley/testkit/waiting";
import { oneOf, whole } from "../chance.ts";
import { gatherOn, openNodes, type Nodes } from "./nodes.ts";
import type { Outcome, Round, Scenario } from "./scenario.ts";

/** How often somebody writes a few messages in a burst. */
const TIMES = 120;
/** How long a burst lasts, in ms. */
const BURST_MS = 3_000;
/** The longest time until a server is killed, and between that and the end of another, in ms. */
const APART_MS = 700;

/** A host's balancer: one server is killed and another is stopped in order behind it. */
export const nodesHaproxy = (nodes: number): Scenario => ({
  name: "nodes-haproxy",
  about: "servers behind HAProxy as in deploy/, one killed and one ended in order under load",
  rounds: 3,
  async open() {
    const isReal = Haproxy.isPossible();
    const through = isReal ? "through HAProxy" : "no haproxy here: through our own balancer";
    return openNodes(nodes, (all, round) => play(all, round, through), {
      startBalancer: (ports) => (isReal ? Haproxy.start(ports) : Balancer.start(ports)),
    });
  },
});

async function play(
  { servers, url, serverUrls }: Nodes,
  round: Round,
  note: string,
): Promise<Outcome> {
  const { chance } = round;
  return gatherOn(url, round, async (gathering) => {
    const talking = gathering.talk(TIMES, BURST_MS);
    await pause(whole(chance, 0, APART_MS));
    const killed = oneOf(chance, servers);
    const underWay = gathering.pending;
    await killed?.kill();
    const back = killed?.start();
    await pause(whole(chance, 0, APART_MS));
    const ended = oneOf(
      chance,
      servers.filter((server) => server !== killed),
    );
    await ended?.stop();
    await Promise.all([talking, back, ended?.start()]);
    const { verdict } = await gathering.judge(url, serverUrls);
    return { verdict, underWay, note };
  });
}
