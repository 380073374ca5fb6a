import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  MEMBERS_LISTED_MAX,
  readBell,
  type DownPayload,
  type InnerUp,
  type UpPayload,
} from "@parley/protocol";
import { until } from "@parley/testkit";
import { PlainClient } from "@parley/testkit/plain-client";
import { RedisCluster } from "@parley/testkit/redis-cluster";
import { RedisServer } from "@parley/testkit/redis-server";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { openApp, type App } from "../src/app.ts";
import { SqliteLog } from "../src/backends/sqlite/log.ts";
import { readConfig } from "../src/config.ts";
import { conversationId } from "../src/log/private-ids.ts";

const logger = pino({ level: "silent" });
const tokens = { ann: "A".repeat(22), bob: "B".repeat(22), cat: "C".repeat(22) } as const;

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A server as main.ts puts it together. */
async function start(env: Record<string, string>): Promise<{ app: App; url: string }> {
  const config = readConfig({ LIMITS: "off", HOST: "127.0.0.1", PORT: "0", ...env });
  const app = await openApp({ config, logger, webDirectory: "" });
  const port = await app.listen();
  cleanUps.push(() => app.close());
  await until(async () =>
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200),
  );
  return { app, url: `ws://127.0.0.1:${port}/ws` };
}

type Joined = DownPayload<"joined">;
interface Person {
  readonly client: PlainClient;
  readonly joined: Joined;
}

async function enter(
  url: string,
  name: keyof typeof tokens,
  more: Partial<UpPayload<"join">> = {},
): Promise<Person> {
  const client = await PlainClient.connect(url);
  cleanUps.push(() => client.ws.terminate());
  const joined = await client.join("lobby", { name, token: tokens[name], ...more });
  return { client, joined };
}

function tell(from: Person, to: Person, frame: InnerUp): void {
  from.client.send("private", { with: to.joined.self.id, frame });
}
const chat = (message: string, id: string): InnerUp => ({ type: "chat", payload: { message, id } });

/** The next frame of a conversation, with the name of the other member. */
async function nextPrivate({ client }: Person) {
  const { with: other, frame } = await client.next("private");
  const { type, payload } = frame as { type: string; payload: { message?: string } };
  return `${other.name}: ${type} ${payload.message ?? ""}`.trim();
}

describe("private messages over two servers that share a Redis", () => {
  async function twoServers() {
    const redis = await RedisServer.start();
    cleanUps.push(() => redis.stop());
    return Promise.all([0, 1].map(() => start({ REDIS_URL: redis.url })));
  }

  it("[W1] [W2] [W4] reach the other member and nobody else, also across servers", async () => {
    const [one, other] = await twoServers();
    const ann = await enter(one?.url ?? "", "ann");
    const bob = await enter(other?.url ?? "", "bob");
    const cat = await enter(other?.url ?? "", "cat");
    // Everybody is known everywhere, and every bell is listened to.
    for (const { client } of [ann, bob, cat]) await client.sync();
    await until(() => expect(ann.client.gistOf("entered")).toHaveLength(2));
    tell(ann, bob, chat("psst", "m1"));
    expect(await nextPrivate(ann)).toBe("bob: chat psst");
    expect(await nextPrivate(bob)).toBe("ann: chat psst");
    tell(bob, ann, chat("what?", "m2"));
    expect(await nextPrivate(bob)).toBe("ann: chat what?");
    expect(await nextPrivate(ann)).toBe("bob: chat what?");
    tell(bob, ann, { type: "typing", payload: { on: true } });
    expect(await nextPrivate(ann)).toBe("bob: typing");
    ann.client.say("out loud");
    expect(await cat.client.next("chat")).toMatchObject({ message: "out loud", seq: 1 });
    expect(JSON.stringify(cat.client.frames)).not.toMatch(/psst|what\?|private/);
  });

  it("reach a member on another server whom no list has", async () => {
    const [one, other] = await twoServers();
    const crowd = Array.from({ length: MEMBERS_LISTED_MAX }, async () => {
      const client = await PlainClient.connect(one?.url ?? "");
      cleanUps.push(() => client.ws.terminate());
      await client.join("lobby");
    });
    await Promise.all(crowd);
    const bob = await enter(one?.url ?? "", "bob");
    const ann = await enter(other?.url ?? "", "ann");
    expect(ann.joined.members).not.toContainEqual(bob.joined.self);
    tell(ann, bob, chat("psst", "m1"));
    expect(await nextPrivate(ann)).toBe("bob: chat psst");
    expect(await nextPrivate(bob)).toBe("ann: chat psst");
    ann.client.send("private", { with: "nobody", frame: chat("psst", "m2") });
    expect((await ann.client.next("private")).frame).toMatchObject({
      payload: { code: "unknown_member" },
    });
  });

  it("[W4] are told by the bell at the next join, on the other server", async () => {
    const [one, other] = await twoServers();
    const bob = await enter(one?.url ?? "", "bob", { bell: {} });
    const ann = await enter(one?.url ?? "", "ann");
    tell(ann, bob, chat("one", "m1"));
    expect(await bob.client.next("rang")).toMatchObject({ id: "m1", seq: 1 });
    await bob.client.leave();
    tell(ann, bob, chat("two", "m2"));
    expect(await nextPrivate(ann)).toBe("bob: chat one");
    expect(await nextPrivate(ann)).toBe("bob: chat two");
    const since = { epoch: readBell(bob.joined.bell)?.epoch ?? "", seq: 1, id: "m1" };
    const back = await enter(other?.url ?? "", "bob", { bell: { since } });
    expect(back.joined.bell).toMatchObject({
      recovered: true,
      missed: 1,
      entries: [{ payload: { id: "m2", from: { name: "ann" } } }],
    });
    tell(back, ann, { type: "join", payload: {} });
    const { frame } = await back.client.next("private");
    expect(frame).toMatchObject({ type: "joined", payload: { head: 2 } });
  });
});

it("[W1] [W4] private messages reach the other member over a Redis Cluster", async () => {
  const cluster = await RedisCluster.start(3);
  cleanUps.push(() => cluster.stop());
  const [one, other] = await Promise.all([0, 1].map(() => start({ REDIS_URL: cluster.url })));
  const ann = await enter(one?.url ?? "", "ann");
  const bob = await enter(other?.url ?? "", "bob");
  const cat = await enter(other?.url ?? "", "cat", { bell: {} });
  await until(() => expect(ann.client.gistOf("entered")).toHaveLength(2));
  tell(ann, bob, chat("one", "m1"));
  expect(await nextPrivate(ann)).toBe("bob: chat one");
  expect(await nextPrivate(bob)).toBe("ann: chat one");
  tell(bob, ann, chat("two", "m2"));
  expect(await nextPrivate(bob)).toBe("ann: chat two");
  expect(await nextPrivate(ann)).toBe("bob: chat two");
  // Another conversation and another bell, perhaps in other slots.
  tell(ann, cat, chat("three", "m3"));
  expect(await nextPrivate(ann)).toBe("cat: chat three");
  expect(await cat.client.next("rang")).toMatchObject({ id: "m3", from: { name: "ann" } });
});

it("[W7] private messages are stored as text: the server's operator can read them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-private-"));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  const { app, url } = await start({ DATA_DIR: folder });
  const bob = await enter(url, "bob");
  const ann = await enter(url, "ann");
  tell(ann, bob, chat("psst", "m1"));
  expect(await nextPrivate(ann)).toBe("bob: chat psst");
  await app.close();
  const retention = { entries: Infinity, ageMs: Infinity };
  const log = await SqliteLog.open({ dataDir: folder, retention, faults: {} });
  cleanUps.push(() => log.close());
  const conversation = conversationId("lobby", ann.joined.self.id, bob.joined.self.id);
  expect((await log.read(conversation, { limit: 1 })).entries).toMatchObject([
    { type: "chat", payload: { message: "psst", from: { name: "ann" } } },
  ]);
});

it("[W1] [W4] [W6] private messages outlive the server, with their bell", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-private-"));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  const before = await start({ DATA_DIR: folder });
  const bob = await enter(before.url, "bob");
  const ann = await enter(before.url, "ann");
  tell(ann, bob, chat("psst", "m1"));
  expect(await nextPrivate(ann)).toBe("bob: chat psst");
  await before.app.close();
  const after = await start({ DATA_DIR: folder });
  const back = await enter(after.url, "bob", { bell: {} });
  expect(back.joined).toMatchObject({ head: 0, bell: { head: 1, entries: [{ type: "rang" }] } });
  tell(back, ann, { type: "history", payload: {} });
  const { frame } = await back.client.next("private");
  expect(frame).toMatchObject({
    type: "history",
    payload: { entries: [{ payload: { message: "psst", id: "m1", seq: 1 } }] },
  });
});
