import { expect, it } from "vitest";
import { RedisServer } from "@parley/testkit/redis-server";
import { until } from "@parley/testkit";
import { chatDraft } from "../../../test/drafts.ts";
import { openTestLog } from "../../../test/redis-log.ts";

it("publishes an entry only if another server follows its room", async () => {
  const redis = await RedisServer.start();
  const [here, there] = [await openTestLog(redis.url), await openTestLog(redis.url)];
  /** How many messages Redis has published so far. */
  const published = async () => {
    const stats = String(await redis.command("INFO", "commandstats"));
    return Number(/cmdstat_spublish:calls=(\d+)/.exec(stats)?.[1] ?? 0);
  };
  const heard: string[] = [];
  const hear = (where: string) => (entry: { readonly payload: { readonly seq: number } }) =>
    void heard.push(`${where} ${entry.payload.seq}`);

  await here.log.follow("lobby", hear("here"));
  await here.log.append("lobby", chatDraft("alone"));
  expect(heard).toEqual(["here 1"]);
  expect(await published()).toBe(0);

  const stop = await there.log.follow("lobby", hear("there"));
  await here.log.append("lobby", chatDraft("not alone"));
  await until(() => expect(heard).toContain("there 2"));
  expect(await published()).toBe(1);

  // Who does not follow the room itself tells the only server that does.
  stop();
  await there.log.append("lobby", chatDraft("from outside"));
  await until(() => expect(heard).toContain("here 3"));
  expect(await published()).toBe(2);

  for (const { close } of [here, there]) await close();
  await redis.stop();
});
