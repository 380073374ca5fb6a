import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectTestRedis, openTestLog } from "../../../test/redis-log.ts";
import { RedisServer } from "@parley/testkit/redis-server";
import { describeShelfContract, type OpenShelf } from "../../shelf/shelf.contract.ts";

let server: RedisServer;
beforeAll(async () => {
  server = await RedisServer.start("--databases", "50");
});
afterAll(() => server.stop());

let databases = 0;

/** Each in a database of its own. */
function newUrl(): string {
  databases += 1;
  return `${server.url}/${databases}`;
}

async function open(url = newUrl()): Promise<OpenShelf> {
  const opened = await openTestLog(url);
  return {
    shelf: opened.shelf,
    close: () => opened.close(),
    async reopen() {
      await opened.close();
      return open(url);
    },
  };
}

describeShelfContract("the shelf in Redis", () => open());

describe("the order of the keys in Redis", () => {
  it("loses those that have ended, as others are put", async () => {
    const url = newUrl();
    const { shelf, close } = await open(url);
    const redis = await connectTestRedis(url);
    for (let n = 0; n < 100; n += 1) await shelf.put(`mark:${n}`, "", { until: Date.now() - 1 });
    for (let n = 0; n < 200; n += 1) await shelf.put("mark:there", "", { until: Infinity });
    const order = "parley-shelf:{mark}";
    expect(Number(await redis.connection.send(order, ["ZCARD", order]))).toBeLessThan(5);
    redis.close();
    await close();
  });
});
