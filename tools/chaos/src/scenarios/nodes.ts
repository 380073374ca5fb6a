import { RedisServer } from "@parley/testkit/redis-server";
import { Balancer } from "@parley/testkit/balancer";
import type { ServerProcess } from "@parley/testkit/server-process";
import type { Violation } from "../checker/verdict.ts";
import { gather, type Gathering } from "./gathering.ts";
import type { Outcome, Round, RunningScenario } from "./scenario.ts";
import { startServer } from "../servers.ts";

/** Several servers that share a Redis, behind a balancer that picks any of them. */
export interface Nodes<Redis = RedisServer> {
  readonly redis: Redis;
  readonly servers: readonly ServerProcess[];
  /** The address of the balancer, which leads to any server. */
  readonly url: string;
  /** The address of each server. */
  readonly serverUrls: readonly string[];
}

/** What several servers can share: one Redis, or a replacement. */
interface Shared {
  readonly url: string;
  stop(): Promise<void>;
}

interface Entrance {
  readonly socketUrl: string;
  close(): Promise<void>;
}

export interface NodesOptions<Redis extends Shared> {
  /** Returns the address of Redis for a server, by its number; by default the same for all. */
  readonly redisUrlOf?: (redis: Redis, number: number) => Promise<string>;
  /** Starts what leads to the servers on these ports; by default our own balancer. */
  readonly startBalancer?: (ports: readonly number[]) => Promise<Entrance>;
  /** Called at the end, to close what the scenario added. */
  readonly close?: () => Promise<void>;
}

/** Opens a stage with this many servers on a new Redis; each round runs on all of them. */
export async function openNodes(
  count: number,
  play: (nodes: Nodes, round: Round) => Promise<Outcome>,
  options: NodesOptions<RedisServer> = {},
): Promise<RunningScenario> {
  return openNodesOn(await RedisServer.start(), count, play, options);
}

/** The same on this Redis, which ends with the stage. */
export async function openNodesOn<Redis extends Shared>(
  redis: Redis,
  count: number,
  play: (nodes: Nodes<Redis>, round: Round) => Promise<Outcome>,
  {
    redisUrlOf = async () => redis.url,
    startBalancer = (ports) => Balancer.start(ports),
    close = async () => {},
  }: NodesOptions<Redis> = {},
): Promise<RunningScenario> {
  const servers: ServerProcess[] = [];
  for (let number = 0; number < count; number += 1) {
    const REDIS_URL = await redisUrlOf(redis, number);
    servers.push(await startServer({ env: { REDIS_URL } }));
  }
  const serverUrls = servers.map(({ socketUrl }) => socketUrl);
  const balancer = await startBalancer(servers.map(({ port }) => port));
  const nodes = { redis, servers, url: balancer.socketUrl, serverUrls };
  return {
    play: (round) => play(nodes, round),
    async finish(): Promise<readonly Violation[]> {
      await balancer.close();
      await Promise.all(servers.map((server) => server.dispose()));
      await close();
      await redis.stop();
      return [];
    },
  };
}

/**
 * Opens three members and a script in one room while `meet` runs, each on the server that the
 * balancer picks; closes them even if it throws.
 */
export function gatherOn<Result>(
  url: string,
  round: Round,
  meet: (gathering: Gathering) => Promise<Result>,
): Promise<Result> {
  return gather(round, async (gathering) => {
    for (const name of ["Anna", "Ben", "Cleo"]) gathering.person(name, url);
    gathering.script("script", url);
    await gathering.allIn();
    return meet(gathering);
  });
}
