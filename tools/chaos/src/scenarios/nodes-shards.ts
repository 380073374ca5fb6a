import { Balancer } from "@parley/testkit/balancer";
import { pause } from "@parley/testkit/waiting";
import { oneOf, whole } from "../chance.ts";
import { startServer } from "../servers.ts";
import { gatherOn, openNodes, type Nodes } from "./nodes.ts";
import type { Outcome, Round, Scenario } from "./scenario.ts";

/** How often somebody writes a few messages in a burst. */
const TIMES = 120;
/** How long a burst lasts, in ms. */
const BURST_MS = 3_000;
/** The longest time between two changes of the balancer, in ms. */
const APART_MS = 700;

/**
 * A balancer that brings the members of a room to one server, by the shard in their addresses. A
 * server is added to it and another is taken out and ended, while members write and reconnect.
 */
export const nodesShards = (nodes: number): Scenario => ({
  name: "nodes-shards",
  about: "a room's members meet on one server; servers are added and removed under load",
  rounds: 2,
  async open() {
    let balancer: Balancer | undefined;
    return openNodes(nodes, (all, round) => play(all, round, balancer), {
      startBalancer: async (ports) => (balancer = await Balancer.start(ports, "by-shard")),
    });
  },
});

async function play(
  { servers, redis, url, serverUrls }: Nodes,
  round: Round,
  balancer: Balancer | undefined,
): Promise<Outcome> {
  const { chance } = round;
  const cutSome = () => balancer?.cut(() => chance() < 0.5);
  const added = await startServer({ env: { REDIS_URL: redis.url } });
  try {
    return await gatherOn(url, round, async (gathering) => {
      const talking = gathering.talk(TIMES, BURST_MS);
      await pause(whole(chance, 0, APART_MS));
      balancer?.add(added.port);
      // Some of the room go to the new server now, if its shard is one of those that moved.
      cutSome();
      await pause(whole(chance, 0, APART_MS));
      const removed = oneOf(chance, servers);
      if (removed) balancer?.remove(removed.port);
      cutSome();
      await pause(whole(chance, 0, APART_MS));
      const underWay = gathering.pending;
      await removed?.stop();
      await talking;
      await removed?.start();
      if (removed) balancer?.add(removed.port);
      const { verdict } = await gathering.judge(url, serverUrls);
      return {
        verdict,
        underWay,
        note: `sockets of each server: ${balancer?.sockets().join(", ")}`,
      };
    });
  } finally {
    balancer?.remove(added.port);
    await added.dispose();
  }
}
