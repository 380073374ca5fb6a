import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, bob } from "../test/drafts.ts";
import { openTestLog } from "../test/redis-log.ts";
import { RedisServer } from "@parley/testkit/redis-server";
import { ABSENCE_MS } from "./limits/limits.ts";
import { openTestPresence } from "./presence/presence.contract.ts";

describe("a log in Redis that is given back", () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.stop());

  it("[P4] keeps its members no longer than an absence, and the members of other servers as before", async () => {
    const [one, other] = await Promise.all([openTestLog(redis.url), openTestLog(redis.url)]);
    await openTestPresence(one.openPresence).presence.enter(ann);
    await openTestPresence(other.openPresence).presence.enter(bob);
    await one.close();
    const words = ["ZRANGE", "parley:{lobby}:leases", "0", "-1", "WITHSCORES"];
    const leases = (await redis.command(...words)) as [string, number][];
    const [seconds] = (await redis.command("TIME")) as [string];
    const now = Number(seconds) * 1_000;
    const left = new Map(leases.map(([lease, end]) => [lease.split(" ")[0], end - now]));
    // The clock is read after the lease was written, to the second.
    expect(left.get(ann.id)).toBeLessThanOrEqual(ABSENCE_MS + 1_000);
    expect((left.get(bob.id) ?? 0) - (left.get(ann.id) ?? 0)).toBeGreaterThan(ABSENCE_MS);
    await other.close();
  });
});
