import { nodesCut } from "./nodes-cut.ts";
import { nodesDeaf } from "./nodes-deaf.ts";
import { nodesFlush } from "./nodes-flush.ts";
import { nodesKill } from "./nodes-kill.ts";
import { nodesRedisKill } from "./nodes-redis-kill.ts";
import { nodesRolling } from "./nodes-rolling.ts";
import type { Scenario } from "./scenario.ts";

/** What can go wrong where so many servers share a Redis. */
export const nodesScenarios = (nodes: number): readonly Scenario[] =>
  [nodesKill, nodesRolling, nodesRedisKill, nodesDeaf, nodesCut, nodesFlush].map((scenario) =>
    scenario(nodes),
  );
