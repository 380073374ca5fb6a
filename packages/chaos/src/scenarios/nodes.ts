import { RedisServer } from "@parley/server/test/redis-server.ts";
import { Balancer } from "../balancer.ts";
import type { Violation } from "../checker/verdict.ts";
import { ServerProcess } from "../server-process.ts";
import { Gathering } from "./gathering.ts";
import type { Outcome, Round, Stage } from "./scenario.ts";

/** Several servers that share one Redis, behind a balancer that sends everybody anywhere. */
export interface Nodes {
  readonly redis: RedisServer;
  readonly servers: readonly ServerProcess[];
  /** Where to connect, whichever server it is. */
  readonly url: string;
}

export interface NodesOptions {
  /** Where a server finds Redis, by its number; by default all go straight to it. */
  readonly redisUrlOf?: (redis: RedisServer, number: number) => Promise<string>;
  /** Called at the end, for what the scenario added. */
  readonly close?: () => Promise<void>;
}

/** Opens a stage with so many servers; each round is played on all of them. */
export async function openNodes(
  count: number,
  play: (nodes: Nodes, round: Round) => Promise<Outcome>,
  { redisUrlOf = async (redis) => redis.url, close = async () => {} }: NodesOptions = {},
): Promise<Stage> {
  const redis = await RedisServer.start();
  const servers: ServerProcess[] = [];
  for (let number = 0; number < count; number += 1) {
    const REDIS_URL = await redisUrlOf(redis, number);
    servers.push(await ServerProcess.start({ env: { REDIS_URL } }));
  }
  const balancer = await Balancer.start(servers.map(({ port }) => port));
  const nodes = { redis, servers, url: balancer.url };
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

/** Three people and a script in one room, each on whatever server the balancer gives them. */
export async function gatherOn(url: string, round: Round): Promise<Gathering> {
  const gathering = new Gathering(round);
  for (const name of ["Anna", "Ben", "Cleo"]) gathering.person(name, url);
  gathering.script("script", url);
  await gathering.allIn();
  return gathering;
}
