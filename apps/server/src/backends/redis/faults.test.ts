import { until } from "@parley/testkit";
import { freePort } from "@parley/testkit/ports";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ann, chatDraft } from "../../../test/drafts.ts";
import { added, fill, seqOf, seqsOf, upTo } from "../../../test/log-contract/entries.ts";
import { TcpProxy } from "@parley/testkit/tcp-proxy";
import { openTestLog, openTestRedis } from "../../../test/redis-log.ts";
import { RedisServer } from "@parley/testkit/redis-server";
import { LogUnavailable, type Draft } from "../../log/log.ts";
import { openTestPresence } from "../../presence/presence.contract.ts";
import type { Backend } from "../backend.ts";

describe("bad days of the log in Redis", () => {
  let redis: RedisServer;
  let one: Backend;
  let other: Backend;
  beforeEach(async () => {
    redis = await RedisServer.start();
    [one, other] = await Promise.all([openTestLog(redis.url), openTestLog(redis.url)]);
  });
  afterEach(async () => {
    await Promise.all([one.close(), other.close()]);
    await redis.stop();
  });

  const isBack = (opened: Backend) => until(() => expect(opened.trouble()).toBeUndefined());

  /** Sends it again for as long as it is refused for now, as a client does. */
  const persist = ({ log }: Backend, draft: Draft) =>
    until(() => log.append("lobby", draft), { everyMs: 50 });

  it("[O2] tells every entry once and in order, on every server, while subscriptions break", async () => {
    const told: number[][] = [[], []];
    for (const [index, { log }] of [one, other].entries()) {
      await log.follow("lobby", ({ payload }) => told[index]?.push(payload.seq));
    }
    for (const i of upTo(300)) {
      await added((i % 2 ? one : other).log, chatDraft(`${i}`));
      if (i % 60 === 0) await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
    }
    for (const seqs of told) {
      await until(() => expect(seqs).toEqual(upTo(300)));
    }
  });

  it("[D1] [D4] loses nothing it acknowledged, refuses while Redis is away, and goes on by itself", async () => {
    const told: number[] = [];
    await one.log.follow("lobby", ({ payload }) => told.push(payload.seq));
    await fill(one.log, 20);
    await redis.kill();
    await expect(added(one.log, chatDraft("lost?", { id: "x" }))).rejects.toThrow(LogUnavailable);
    await expect(one.log.read("lobby", { limit: 1 })).rejects.toThrow(LogUnavailable);
    await until(() => expect(one.trouble()).toBe("redis_down"));
    await redis.start();
    await Promise.all([isBack(one), isBack(other)]);
    const page = await other.log.read("lobby", { limit: 100 });
    expect(seqsOf(page.entries)).toEqual(upTo(20));
    expect(seqOf(await added(other.log, chatDraft("lost?", { id: "x" })))).toBe(21);
    await until(() => expect(told).toEqual(upTo(21)));
  });

  it("closes before a Redis that has hung is given up", async () => {
    const closing = await openTestLog(redis.url);
    await openTestPresence(closing.openPresence).presence.enter(ann);
    redis.standStill();
    const hung = closing.shelf.get("test:key");
    await Promise.all([closing.close(), expect(hung).rejects.toThrow("Disconnects")]);
    redis.goOn();
  });

  it("[D4] gives up on a Redis that has hung, and finds what it did once it goes on", async () => {
    await fill(one.log, 1);
    redis.standStill();
    const hung = added(one.log, chatDraft("2", { id: "m2" }));
    await expect(hung).rejects.toThrow(LogUnavailable);
    redis.goOn();
    await isBack(one);
    const again = await one.log.append("lobby", chatDraft("2", { id: "m2" }));
    expect(again).toMatchObject({ entry: { payload: { seq: 2 } } });
  });

  it("loads its scripts again if Redis has lost them", async () => {
    await fill(one.log, 1);
    await redis.command("SCRIPT", "FLUSH");
    const drafts = upTo(20).map((i) => added(one.log, chatDraft(`${i}`)));
    expect(seqsOf(await Promise.all(drafts))).toEqual(upTo(21).slice(1));
  });

  it("[D1] waits for replicas if it is told to, and refuses without them", async () => {
    const strict = await openTestLog(redis.url, undefined, 1);
    const told: number[] = [];
    await other.log.follow("lobby", ({ payload }) => told.push(payload.seq));
    await expect(added(strict.log, chatDraft("1", { id: "m1" }))).rejects.toThrow(LogUnavailable);
    const replica = await RedisServer.start("--replicaof", "127.0.0.1", String(redis.port));
    await persist(strict, chatDraft("1", { id: "m1" }));
    expect(Number(await replica.command("XLEN", "parley:{lobby}:log"))).toBe(1);
    // A replica that is busy writing its first file counts as missing for a moment.
    replica.standStill();
    const two = chatDraft("2", { id: "m2" });
    await expect(added(strict.log, two)).rejects.toThrow(LogUnavailable);
    // A server that only finds the entry, and did not write it, waits for replicas too.
    const late = await openTestLog(redis.url, undefined, 1);
    await expect(added(late.log, two)).rejects.toThrow(LogUnavailable);
    await late.close();
    replica.goOn();
    await persist(strict, two);
    expect(Number(await replica.command("XLEN", "parley:{lobby}:log"))).toBe(2);
    await until(() => expect(told).toEqual([1, 2]));
    await strict.close();
    await replica.stop();
  });

  it("[D4] says to the host that replicas are missing, and that it is over, also if nobody writes", async () => {
    const strict = await openTestLog(redis.url, undefined, 1);
    await expect(added(strict.log, chatDraft("1"))).rejects.toThrow(LogUnavailable);
    expect(strict.trouble()).toBe("replicas_missing");
    expect(one.trouble()).toBeUndefined();
    const replica = await RedisServer.start("--replicaof", "127.0.0.1", String(redis.port));
    await isBack(strict);
    await added(strict.log, chatDraft("2"));
    await strict.close();
    await replica.stop();
  });

  it("[O3] has another epoch on a replica that was promoted, which may lack the end", async () => {
    const replica = await RedisServer.start("--replicaof", "127.0.0.1", String(redis.port));
    await fill(one.log, 3);
    const { epoch } = await one.log.read("lobby", { limit: 0 });
    await until(async () =>
      expect(Number(await replica.command("XLEN", "parley:{lobby}:log"))).toBe(3),
    );
    await replica.command("REPLICAOF", "NO", "ONE");
    const promoted = await openTestLog(replica.url);
    const page = await promoted.log.read("lobby", { limit: 10 });
    expect(page.epoch).not.toBe(epoch);
    expect(seqsOf(page.entries)).toEqual([1, 2, 3]);
    await added(promoted.log, chatDraft("on"));
    expect((await promoted.log.read("lobby", { limit: 0 })).epoch).toBe(page.epoch);
    await promoted.close();
    await replica.stop();
  });

  it("[D4] goes on with the new primary if a name leads there, and the old one takes no writes", async () => {
    const next = await RedisServer.start();
    const name = await TcpProxy.start(redis.port);
    const named = await openTestLog(`redis://127.0.0.1:${name.port}`);
    await added(named.log, chatDraft("to the old one"));
    name.leadTo(next.port);
    await redis.command("REPLICAOF", "127.0.0.1", String(next.port));
    await expect(added(named.log, chatDraft("refused"))).rejects.toThrow(LogUnavailable);
    await until(() => added(named.log, chatDraft("to the new one")), { everyMs: 100 });
    expect(Number(await next.command("XLEN", "parley:{lobby}:log"))).toBe(1);
    await named.close();
    await name.close();
    await next.stop();
  });

  it("does not call a Redis away that it is still connecting to", async () => {
    const errors: unknown[] = [];
    const logger = { info() {}, warn() {}, error: (...told: unknown[]) => errors.push(told) };
    const { connection, close } = openTestRedis(redis.url, logger);
    await expect(connection.send("x", ["GET", "x"])).rejects.toThrow(LogUnavailable);
    await until(() => expect(connection.isUp).toBe(true));
    expect(errors).toEqual([]);
    close();
  });

  it("is not ready before there is a Redis, and is as soon as there is one", async () => {
    const port = await freePort();
    await expect(openTestLog(`redis://127.0.0.1:${port}`, undefined, 0, 300)).rejects.toThrow("No");
  });
});
