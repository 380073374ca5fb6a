import { pause } from "@parley/testkit/waiting";
import { TcpProxy } from "@parley/testkit/tcp-proxy";
import { branch, oneOf, whole } from "../chance.ts";
import { gather } from "./gathering.ts";
import { misbehave } from "./network.ts";
import { openNodes, type Nodes } from "./nodes.ts";
import type { Outcome, Round, Scenario } from "./scenario.ts";

/** How often somebody writes a few messages in a burst. */
const TIMES = 25;
/** How long a burst lasts, in ms. */
const BURST_MS = 1_500;
/** The latest time at which a server is killed, in ms. */
const KILL_WITHIN_MS = 1_000;

/** Members connect by WebSockets, streams and polls; connections break, and a server dies. */
export const nodesHttp = (nodes: number): Scenario => ({
  name: "nodes-http",
  about: "people on sockets, streams and polls, whose lines break, while a server is killed",
  rounds: 5,
  open: () => openNodes(nodes, play),
});

async function play({ servers, url, serverUrls }: Nodes, round: Round): Promise<Outcome> {
  const { chance } = round;
  const port = Number(new URL(url).port);
  const lines = await Promise.all([1, 2, 3, 4].map(() => TcpProxy.start(port)));
  const [first, second, third, fourth] = lines.map(({ socketUrl }) => socketUrl);
  try {
    return await gather(round, async (gathering) => {
      gathering.person("Anna", first ?? "");
      gathering.person("Ben", second ?? "", { way: "stream" });
      gathering.person("Cleo", third ?? "", { way: "poll" });
      gathering.person("Dora", fourth ?? "", { way: "poll" });
      gathering.person("Eve", url, { way: "stream" });
      gathering.script("script", url);
      await gathering.allIn();
      const talking = gathering.talk(TIMES, BURST_MS);
      const faults = lines.map((line) => misbehave(line, branch(chance)));
      await pause(whole(chance, 0, KILL_WITHIN_MS));
      const underWay = gathering.pending;
      const victim = oneOf(chance, servers);
      await victim?.kill();
      await Promise.all([talking, ...faults, victim?.start()]);
      const { verdict } = await gathering.judge(url, serverUrls);
      return { verdict, underWay, note: `${underWay} under way` };
    });
  } finally {
    await Promise.all(lines.map((line) => line.close()));
  }
}
