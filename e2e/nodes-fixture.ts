import { RedisServer } from "@parley/server/test/redis-server.ts";
import { balance, type Balancer } from "./balancer.ts";
import { test as base } from "./fixture.ts";
import { startServer, type Server } from "./server.ts";

interface Nodes {
  /** Two servers that share one Redis. */
  readonly nodes: readonly [Server, Server];
  /** What stands in front of them: everybody's address. */
  readonly balancer: Balancer;
}

/** A test in which two servers are one: whoever is met is on the one with fewer people. */
export const test = base.extend<Nodes>({
  // oxlint-disable-next-line no-empty-pattern
  nodes: async ({}, use, testInfo) => {
    const redis = await RedisServer.start();
    const env = { REDIS_URL: redis.url };
    const nodes: [Server, Server] = await Promise.all([startServer(env), startServer(env)]);
    await use(nodes);
    for (const [number, node] of nodes.entries()) {
      await node.dispose();
      if (testInfo.status === testInfo.expectedStatus) continue;
      const body = node.output();
      await testInfo.attach(`output of server ${number}`, { body, contentType: "text/plain" });
    }
    await redis.stop();
  },
  balancer: async ({ nodes }, use) => {
    const balancer = await balance(nodes.map(({ url }) => Number(new URL(url).port)));
    await use(balancer);
    await balancer.dispose();
  },
  address: async ({ balancer }, use) => {
    await use(balancer.url);
  },
});
