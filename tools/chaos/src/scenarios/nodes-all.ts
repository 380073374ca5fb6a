import { nodesCluster } from "./nodes-cluster.ts";
import { nodesCut } from "./nodes-cut.ts";
import { nodesDeaf } from "./nodes-deaf.ts";
import { nodesFailover } from "./nodes-failover.ts";
import { nodesFlush } from "./nodes-flush.ts";
import { nodesHaproxy } from "./nodes-haproxy.ts";
import { nodesHttp } from "./nodes-http.ts";
import { nodesKill } from "./nodes-kill.ts";
import { nodesPrivate } from "./nodes-private.ts";
import { nodesRedisKill } from "./nodes-redis-kill.ts";
import { nodesRolling } from "./nodes-rolling.ts";
import { nodesShards } from "./nodes-shards.ts";
import type { Scenario } from "./scenario.ts";

type OnNodes = (nodes: number) => Scenario;

const few: readonly OnNodes[] = [
  nodesKill,
  nodesRolling,
  nodesRedisKill,
  nodesDeaf,
  nodesCut,
  nodesFlush,
  nodesHttp,
  nodesPrivate,
  nodesShards,
];

/** Those that need more than one Redis, or another balancer. */
const further: readonly OnNodes[] = [nodesFailover, nodesCluster, nodesHaproxy];

/** The scenarios of several servers that share a Redis. */
export const nodesScenarios = (nodes: number): readonly Scenario[] =>
  [...few, ...further].map((scenario) => scenario(nodes));

/** Those of them that every test runs, one round each. */
export const testedNodesScenarios = (nodes: number): readonly Scenario[] =>
  few.map((scenario) => scenario(nodes));
