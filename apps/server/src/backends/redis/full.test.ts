import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ann, bob, chatDraft } from "../../../test/drafts.ts";
import { added, fill, seqOf } from "../../../test/log-contract/entries.ts";
import { openTestLog } from "../../../test/redis-log.ts";
import { RedisServer } from "@parley/testkit/redis-server";
import { TICK_MS } from "../../limits/limits.ts";
import { REFRESH_EVERY_MS } from "../../presence/leases.ts";
import { openTestPresence } from "../../presence/presence.contract.ts";
import { LogUnavailable } from "../../log/log.ts";
import type { Backend } from "../backend.ts";

describe("a Redis whose memory is full, with noeviction", () => {
  let redis: RedisServer;
  let opened: Backend[];
  beforeEach(async () => {
    redis = await RedisServer.start();
    opened = [];
  });
  afterEach(async () => {
    for (const { close } of opened) await close();
    await redis.stop();
  });

  async function open(): Promise<Backend> {
    const one = await openTestLog(redis.url);
    opened.push(one);
    return one;
  }

  const presenceOf = ({ openPresence }: Backend) => openTestPresence(openPresence);

  const beFull = () => redis.command("CONFIG", "SET", "maxmemory", "1");
  const haveRoom = () => redis.command("CONFIG", "SET", "maxmemory", "0");

  it("[D4] refuses what is new, and reads and finds what is there", async () => {
    const { log } = await open();
    await fill(log, 3);
    await beFull();
    await expect(added(log, chatDraft("more"))).rejects.toThrow(LogUnavailable);
    expect(await log.read("lobby", { limit: 0 })).toMatchObject({ head: 3 });
    expect(await log.find("lobby", { id: "m2" })).toMatchObject({ payload: { seq: 2 } });
    await haveRoom();
    expect(seqOf(await added(log, chatDraft("more")))).toBe(4);
  });

  it("is said to the host, and that it is over, also if nobody writes", async () => {
    const { trouble } = await open();
    expect(trouble()).toBeUndefined();
    await beFull();
    await until(() => expect(trouble()).toBe("redis_full"));
    await haveRoom();
    await until(() => expect(trouble()).toBeUndefined());
    await redis.kill();
    await until(() => expect(trouble()).toBe("redis_down"));
  });

  it("[D4] is said to the host at once if it refuses a message", async () => {
    const { log, trouble } = await open();
    await beFull();
    await expect(added(log, chatDraft("more"))).rejects.toThrow(LogUnavailable);
    expect(trouble()).toBe("redis_full");
  });

  it("[P1] lets members enter, stay and leave, also on a server that starts now", async () => {
    const one = presenceOf(await open());
    await one.presence.enter(ann);
    await beFull();
    // Nothing that it needs is there yet, as with the first server of a new release.
    await redis.command("SCRIPT", "FLUSH");
    const late = await open();
    expect(await late.log.read("lobby", { limit: 0 })).toMatchObject({ head: 0 });
    const other = presenceOf(late);
    await other.presence.enter(bob);
    expect(other.presence.list()).toEqual([ann, bob]);
    await one.told("Ann entered, 1", "Bob entered, 2");
    other.presence.rename({ ...bob, name: "Rob" });
    await one.told("Ann entered, 1", "Bob entered, 2", "bob-1 is Rob");
    await redis.command("DEL", "parley:{lobby}:leases");
    one.time.pass(REFRESH_EVERY_MS + TICK_MS);
    await until(async () =>
      expect(await redis.command("ZRANGE", "parley:{lobby}:leases", "0", "-1")).toEqual([
        expect.stringContaining(ann.id),
      ]),
    );
    other.presence.depart(bob.id, "left");
    await one.told("Ann entered, 1", "Bob entered, 2", "bob-1 is Rob", "Rob left, 1");
  }, 60_000);
});
