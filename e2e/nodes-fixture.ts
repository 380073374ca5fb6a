import { Balancer } from "@parley/testkit/balancer";
import { RedisServer } from "@parley/testkit/redis-server";
import type { ServerProcess } from "@parley/testkit/server-process";
import { test as base } from "./fixture.ts";
import { startServer } from "./server.ts";

interface Nodes {
  /** Two servers that share one Redis. */
  readonly nodes: readonly [ServerProcess, ServerProcess];
  /** The balancer in front of them: everybody's address. */
  readonly balancer: Balancer;
}

/** A test with two servers behind one address. A new person gets the one with fewer sockets. */
export const test = base.extend<Nodes>({
  // oxlint-disable-next-line no-empty-pattern
  nodes: async ({}, use, testInfo) => {
    const redis = await RedisServer.start();
    const env = { REDIS_URL: redis.url };
    const nodes = await Promise.all([startServer({ env }), startServer({ env })]);
    await use(nodes);
    for (const [number, node] of nodes.entries()) {
      await node.dispose();
      if (testInfo.status === testInfo.expectedStatus) continue;
      const body = node.output;
      await testInfo.attach(`output of server ${number}`, { body, contentType: "text/plain" });
    }
    await redis.stop();
  },
  balancer: async ({ nodes }, use) => {
    const balancer = await Balancer.start(
      nodes.map(({ port }) => port),
      "fewest-sockets",
    );
    await use(balancer);
    await balancer.close();
  },
  address: async ({ balancer }, use) => {
    await use(balancer.url);
  },
});
