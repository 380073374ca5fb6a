import { MEMBERS_LISTED_MAX } from "@parley/protocol";
import { until } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import { ann, bob } from "../../test/drafts.ts";
import { useRedis } from "../../test/redis-log.ts";
import { ABSENCE_MS, TICK_MS } from "../limits/limits.ts";
import { describePresenceContract, openTestPresence } from "./presence.contract.ts";
import { LogUnavailable } from "../log/log.ts";
import { REFRESH_EVERY_MS } from "./leases.ts";
import { redisPresence, type RedisPresence } from "../backends/redis/presence.ts";

/** A server with leases as short as this ends those of others as soon as it is up, in ms. */
const SWEEPS_AFTER_MS = 1;
const LEASES = "parley:{lobby}:leases";
const cem = { id: "cem-1", name: "Cem" };

const redis = useRedis();

async function serverUp(leaseMs?: number): Promise<RedisPresence & { crash(): void }> {
  const { connection, channels, close } = await redis.connect();
  return { ...redisPresence(connection, channels, leaseMs), crash: close };
}

/** What servers hold of somebody, as it stands in Redis. */
async function leasesOf(id: string): Promise<string[]> {
  const leases = (await redis.command("ZRANGE", LEASES, "0", "-1")) as string[];
  return leases.filter((lease) => lease.startsWith(`${id} `));
}

/** Lets a lease end by Redis's own clock: its server has been silent for too long. */
async function lapse(lease: string): Promise<void> {
  await redis.command("ZADD", LEASES, "XX", "1", lease);
}

/** A server with Cem on it, whose every refresh ends the leases that others let lapse. */
async function sweeper() {
  const opened = openTestPresence((await serverUp(SWEEPS_AFTER_MS)).openPresence);
  await opened.presence.enter(cem);
  return opened;
}

describePresenceContract(
  "the members of a room in Redis",
  async () => (await serverUp()).openPresence,
);

describe("the members of two servers", () => {
  async function twoServers() {
    const servers = await Promise.all([serverUp(), serverUp()]);
    const [one, other] = servers.map(({ openPresence }) => openTestPresence(openPresence));
    if (!one || !other) throw new Error("There are two.");
    await one.presence.enter(ann);
    await other.presence.enter(bob);
    await one.told("Ann entered, 1", "Bob entered, 2");
    return { one, other, servers };
  }

  it("[P1] are one list, told on both", async () => {
    const { one, other } = await twoServers();
    for (const { presence: people } of [one, other]) expect(people.list()).toEqual([ann, bob]);
    other.presence.depart(bob.id, "left");
    await one.told("Ann entered, 1", "Bob entered, 2", "Bob left, 1");
    expect(one.presence.list()).toEqual([ann]);
    expect(other.presence).toMatchObject({ count: 1, localCount: 0 });
  });

  it("are found by each other, also those whom no list has", async () => {
    const { one, other } = await twoServers();
    const third = openTestPresence((await serverUp()).openPresence);
    for (let i = 0; i < MEMBERS_LISTED_MAX; i += 1)
      await one.presence.enter({ id: `id-${i}`, name: `Name ${i}` });
    await one.presence.enter(cem);
    expect(other.presence.get(cem.id)).toBeUndefined();
    expect(await other.presence.find(cem.id)).toEqual(cem);
    expect(await third.presence.find(cem.id)).toEqual(cem);
    expect(await other.presence.find("nobody")).toBeUndefined();
  });

  it("[P1] [P3] are one member if the same token joins both, under their last name", async () => {
    const { one, other } = await twoServers();
    await other.presence.enter({ ...ann, name: "Anna" });
    await one.told("Ann entered, 1", "Bob entered, 2", "ann-1 is Anna");
    expect(one.presence).toMatchObject({ count: 2 });
    expect(one.presence.get(ann.id)?.name).toBe("Anna");
    one.presence.depart(ann.id, "left");
    other.presence.announceTyping(bob, true);
    await one.told("Ann entered, 1", "Bob entered, 2", "ann-1 is Anna", "Bob types");
    other.presence.depart(ann.id, "left");
    await until(() => expect(one.presence.list()).toEqual([bob]));
  });

  it("[P1] announce nothing if a member comes back to the other server", async () => {
    const { one, other } = await twoServers();
    one.presence.depart(ann.id, "lost");
    one.time.pass(5_000);
    await other.presence.enter(ann);
    one.time.pass(ABSENCE_MS);
    other.presence.announceTyping(ann, true);
    await one.told("Ann entered, 1", "Bob entered, 2", "Ann types");
    expect(other.presence.list()).toEqual([ann, bob]);
  });

  it("[P4] do not wait on any server for a member who left on purpose on another", async () => {
    const { one, other } = await twoServers();
    one.presence.depart(ann.id, "lost");
    await other.presence.enter(ann);
    other.presence.depart(ann.id, "left");
    await one.told("Ann entered, 1", "Bob entered, 2", "Ann left, 1");
    expect(one.presence.localCount).toBe(0);
  });

  it("[P4] keep a member who left on purpose no longer than an absence for a server that has died", async () => {
    const { one, servers } = await twoServers();
    const third = openTestPresence((await serverUp()).openPresence);
    for (const { presence: people } of [one, third]) await people.enter(bob);
    servers[1]?.crash();
    one.presence.depart(bob.id, "left");
    const leftOf = async () => {
      const words = ["ZRANGE", LEASES, "0", "-1", "WITHSCORES"];
      const leases = (await redis.command(...words)) as [string, number][];
      const own = leases.filter(([lease]) => lease.startsWith(bob.id));
      return own.map(([, end]) => end - Date.now() <= ABSENCE_MS);
    };
    // The one that died, and the third, where Bob still is.
    await until(async () => expect(await leftOf()).toEqual([true, false]));
    expect(third.presence.count).toBe(2);
  });

  it("[P4] lose those of a server that died, after their lease", async () => {
    const { one, servers } = await twoServers();
    const third = await sweeper();
    servers[1]?.crash();
    for (const lease of await leasesOf(bob.id)) await lapse(lease);
    await until(() => {
      third.time.pass(REFRESH_EVERY_MS);
      expect(one.presence.list()).toEqual([ann, cem]);
    });
    await one.told("Ann entered, 1", "Bob entered, 2", "Cem entered, 3", "Bob left, 2");
  });

  it("[P4] keep those who went from a dying server to another", async () => {
    const { one, servers } = await twoServers();
    const third = await sweeper();
    servers[1]?.crash();
    const [held = ""] = await leasesOf(bob.id);
    await one.presence.enter(bob);
    await lapse(held);
    await until(async () => {
      third.time.pass(REFRESH_EVERY_MS);
      expect(await leasesOf(bob.id)).not.toContain(held);
    });
    await one.told("Ann entered, 1", "Bob entered, 2", "Cem entered, 3");
    expect(one.presence.count).toBe(3);
  });

  it("[P4] count as away, if a server goes down in order, for as long as an absence", async () => {
    const { servers } = await twoServers();
    await servers[1]?.goDown();
    const leases = (await redis.command("ZRANGE", LEASES, "0", "-1", "WITHSCORES")) as [
      string,
      number,
    ][];
    const left = new Map(leases.map(([lease, end]) => [lease.split(" ")[0], end - Date.now()]));
    expect(left.get(bob.id)).toBeLessThanOrEqual(ABSENCE_MS);
    expect(left.get(ann.id)).toBeGreaterThan(ABSENCE_MS);
  });

  it("are all back after Redis lost everything", async () => {
    const { one, other } = await twoServers();
    await redis.command("FLUSHALL");
    for (const { time } of [one, other]) time.pass(REFRESH_EVERY_MS + TICK_MS);
    await until(async () => expect(await redis.command("HLEN", "parley:{lobby}:people")).toBe(2));
    for (const { presence: people, time } of [one, other]) {
      await until(() => {
        time.pass(TICK_MS);
        expect(people.count).toBe(2);
        expect(people.list()).toEqual(expect.arrayContaining([ann, bob]));
      });
    }
  });

  it("[P4] go, if they left while Redis was away, with the next word of their server", async () => {
    const { one, other } = await twoServers();
    await redis.server.kill();
    await other.presence.enter(cem)?.catch((error: unknown) => {
      expect(error).toBeInstanceOf(LogUnavailable);
    });
    other.presence.depart(bob.id, "left");
    await redis.server.start();
    await until(() => {
      for (const { time } of [one, other]) time.pass(REFRESH_EVERY_MS);
      expect(one.presence.list()).toEqual([ann]);
    });
    expect(other.presence.localCount).toBe(0);
  });
});
