import { pause } from "@parley/testkit/waiting";
import { TcpProxy } from "@parley/testkit/tcp-proxy";
import { oneOf, whole } from "../chance.ts";
import { gatherOn, openNodes, type Nodes } from "./nodes.ts";
import type { Outcome, Round, Scenario, RunningScenario } from "./scenario.ts";

/** How often somebody writes a few messages in a burst. */
const TIMES = 100;
/** How long a burst lasts, in ms. */
const BURST_MS = 2_000;
/** The faults between one server and Redis, and the longest that one lasts, in ms. */
const FAULTS = 5;
const FAULT_MS = 300;

/** One of the servers has a bad connection to Redis. */
export const nodesCut = (nodes: number): Scenario => ({
  name: "nodes-cut",
  about: "servers, one of them with a line to Redis that is cut, stalls and loses answers",
  rounds: 4,
  async open(): Promise<RunningScenario> {
    const lines: TcpProxy[] = [];
    return openNodes(nodes, (all, round) => play(all, lines[0], round), {
      async redisUrlOf(redis, number) {
        if (number > 0) return redis.url;
        const line = await TcpProxy.start(redis.port);
        lines.push(line);
        return `redis://127.0.0.1:${line.port}`;
      },
      async close() {
        await Promise.all(lines.map((line) => line.close()));
      },
    });
  },
});

async function play(nodes: Nodes, line: TcpProxy | undefined, round: Round): Promise<Outcome> {
  const { chance } = round;
  return gatherOn(nodes.url, round, async (gathering) => {
    const talking = gathering.talk(TIMES, BURST_MS);
    const faults: string[] = [];
    for (let fault = 0; fault < FAULTS && line; fault += 1) {
      await pause(whole(chance, 0, FAULT_MS));
      const kind = oneOf(chance, ["reset", "stall", "deafen"] as const) ?? "reset";
      faults.push(kind);
      if (kind === "reset") line.reset();
      else await line[kind](pause(whole(chance, 1, FAULT_MS)));
    }
    await talking;
    const { verdict } = await gathering.judge(nodes.url, nodes.serverUrls);
    return { verdict, note: faults.join(" ") };
  });
}
