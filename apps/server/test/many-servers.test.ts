import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { until } from "@parley/testkit";
import { freePort } from "@parley/testkit/ports";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openApp, type App } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { bearer, TOKEN } from "./api-requests.ts";
import { PlainClient } from "@parley/testkit/plain-client";
import { RedisServer } from "@parley/testkit/redis-server";

const logger = pino({ level: "silent" });

/** A server as main.ts puts it together. */
async function start(env: Record<string, string>) {
  const config = readConfig({ LIMITS: "off", HOST: "127.0.0.1", PORT: "0", ...env });
  const app = await openApp({ config, logger, webDirectory: "" });
  const port = await app.listen();
  const socketUrl = `ws://127.0.0.1:${port}/ws`;
  const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;
  return { app, port, socketUrl, ready };
}

describe("two servers that share a Redis", () => {
  let redis: RedisServer;
  const up: App[] = [];
  let urls: string[];
  let ready: (() => Promise<number>)[];

  beforeEach(async () => {
    redis = await RedisServer.start();
    const servers = await Promise.all([0, 1].map(() => start({ REDIS_URL: redis.url })));
    up.push(...servers.map(({ app }) => app));
    urls = servers.map(({ socketUrl }) => socketUrl);
    ready = servers.map(({ ready }) => ready);
    await allReady(200);
  });
  afterEach(async () => {
    for (const app of up.splice(0)) await app.close();
    await redis.stop();
  });

  const allReady = (status: number) =>
    until(async () =>
      expect(await Promise.all(ready.map((ask) => ask()))).toEqual([status, status]),
    );

  async function annAndBob() {
    const [ann, bob] = await Promise.all(urls.map((url) => PlainClient.connect(url)));
    if (!ann || !bob) throw new Error("There are two.");
    const self = await ann.join("lobby", { name: "Ann" });
    const joined = await bob.join("lobby", { name: "Bob" });
    return { ann, bob, self, joined };
  }

  it("[P4] let a member leave over HTTP at either of them", async () => {
    const ann = await PlainClient.connect(urls[0] ?? "");
    await ann.join("lobby", { name: "Ann" });
    const [one, other] = urls.map((url) => url.replace(/^ws(.*)ws$/, "http$1api/rooms/lobby"));
    const headers = bearer(TOKEN);
    const payload = { name: "Bob" };
    const body = JSON.stringify({ type: "join", payload });
    await fetch(`${one}/stream?wait=0`, { method: "POST", body, ...headers });
    expect(await ann.next("entered")).toMatchObject({ member: payload, count: 2 });
    const leave = JSON.stringify({ frames: [{ type: "leave" }] });
    await fetch(`${other}/frames`, { method: "POST", body: leave, ...headers });
    // After 10 s, they would be gone without it.
    const left = await Promise.race([ann.next("left"), sleep(5_000)]);
    expect(left).toMatchObject({ member: payload, count: 1 });
  });

  it("[O2] [P1] are one room: who is there, what is said, who types", async () => {
    const { ann, bob, joined } = await annAndBob();
    expect(joined).toMatchObject({ count: 2, members: [{ name: "Ann" }, { name: "Bob" }] });
    expect(await ann.next("entered")).toMatchObject({ member: { name: "Bob" }, count: 2 });
    ann.send("typing", { on: true });
    expect(await bob.next("typing")).toMatchObject({ member: { name: "Ann" }, on: true });
    ann.say("hi Bob");
    expect(await bob.next("chat")).toMatchObject({ message: "hi Bob", seq: 1 });
    bob.say("hi Ann");
    expect(await ann.next("chat")).toMatchObject({ message: "hi Bob", seq: 1 });
    expect(await ann.next("chat")).toMatchObject({ message: "hi Ann", seq: 2 });
    bob.send("rename", { name: "Rob" });
    expect(await ann.next("renamed")).toMatchObject({ member: { name: "Rob" } });
    await bob.leave();
    expect(await ann.next("left")).toMatchObject({ member: { name: "Rob" }, count: 1 });
  });

  it("[R1] [R2] [P3] let somebody go on with the other, as themselves and without a hole", async () => {
    const { ann, bob, self } = await annAndBob();
    ann.say("one");
    const { seq, id } = await ann.next("chat");
    ann.ws.terminate();
    bob.say("two");
    await bob.next("chat");
    await bob.next("chat");
    const back = await PlainClient.connect(urls[1] ?? "");
    const { token, epoch } = self;
    const again = await back.join("lobby", { token, since: { epoch, seq, id } });
    expect(again).toMatchObject({ recovered: true, missed: 1, count: 2 });
    expect(again.self).toEqual(self.self);
    expect(again.entries).toMatchObject([{ payload: { message: "two", seq: 2 } }]);
    await bob.sync();
    expect(bob.gistOf("entered", "left")).toEqual([]);
  });

  it("[G1] have one set of settings: told to those with the other, and at every join at once", async () => {
    const { ann, bob } = await annAndBob();
    const joinBoth = () =>
      Promise.all(
        urls.map(async (url) => {
          const client = await PlainClient.connect(url);
          const { head, settings } = await client.join("lobby");
          await client.leave();
          return { head, settings };
        }),
      );
    ann.send("set", { key: "name", value: "Bees" });
    const name = { type: "set", payload: await ann.next("set") };
    // What is acknowledged here holds there now: nothing is waited for.
    expect(await joinBoth()).toEqual([0, 1].map(() => ({ head: 1, settings: [name] })));
    expect({ type: "set", payload: await bob.next("set") }).toEqual(name);
    bob.send("set", { key: "name", value: null, expect: 1 });
    expect(await bob.next("set")).toMatchObject({ value: null, seq: 2 });
    expect(await joinBoth()).toEqual([0, 1].map(() => ({ head: 2, settings: [] })));
    expect(await ann.next("set")).toMatchObject({ key: "name", value: null, seq: 2 });
    ann.send("set", { key: "name", value: "Wasps", expect: 1, id: "late" });
    expect(await ann.next("error")).toMatchObject({ code: "stale", ref: "late" });
  });

  it("[D4] refuse for now while Redis is away, drop nobody, and go on by themselves", async () => {
    const { ann, bob } = await annAndBob();
    await redis.kill();
    ann.send("chat", { message: "hello?", id: "x" });
    expect(await ann.next("error")).toMatchObject({
      code: "unavailable",
      temporary: true,
      ref: "x",
    });
    await allReady(503);
    const late = await PlainClient.connect(urls[0] ?? "");
    late.send("join", { roomId: "lobby" });
    expect(await late.next("error")).toMatchObject({ code: "unavailable", temporary: true });
    await redis.start();
    await allReady(200);
    ann.send("chat", { message: "hello?", id: "x" });
    expect(await bob.next("chat")).toMatchObject({ message: "hello?", id: "x", seq: 1 });
    expect(await late.join("lobby", { name: "Cem" })).toMatchObject({ count: 3, head: 1 });
    expect(ann.ws.readyState).toBe(ann.ws.OPEN);
  });
});

describe("several processes of one machine", () => {
  it("share a port if they are told to", async () => {
    const port = String(await freePort());
    const redis = await RedisServer.start();
    const env = { REDIS_URL: redis.url, PORT: port, REUSE_PORT: "on" };
    const servers = await Promise.all([start(env), start(env)]);
    await until(async () => expect(await servers[0]?.ready()).toBe(200));
    await servers[0]?.app.close();
    const client = await PlainClient.connect(servers[1]?.socketUrl ?? "");
    expect(await client.join("lobby")).toMatchObject({ count: 1 });
    const closed = once(client.ws, "close");
    await servers[1]?.app.close();
    await closed;
    await redis.stop();
  });
});
