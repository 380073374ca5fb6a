import { setTimeout } from "node:timers";
import { until } from "@parley/testkit";
import { RedisServer } from "@parley/testkit/redis-server";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Backend } from "../src/backends/backend.ts";
import type { Answer } from "../src/outbound/door.ts";
import { mintSecret, putWebhook, takeWebhook } from "../src/webhooks/webhook.ts";
import { Webhooks } from "../src/webhooks/webhooks.ts";
import { chatDraft } from "./drafts.ts";
import { openTestLog } from "./redis-log.ts";
import { FakeTarget } from "./webhook-target.ts";

const SECRET = mintSecret();
const HOOK = { id: "hook", roomId: "lobby", name: "mirror", url: "https://a.example/x" };
const OK: Answer = { is: "answered", status: 200 };
/** Longer than any test: nothing is taken over. */
const LONG_MS = 600_000;
/** Short, so that a test need not wait half a minute until a server counts as dead. */
const SHORT_MS = 1_500;

interface Server {
  readonly webhooks: Webhooks;
  readonly target: FakeTarget;
  readonly backend: Backend;
  /** From now on it does nothing by the clock: its lease ends. */
  freeze(): void;
}

let redis: RedisServer;
let servers: Server[];
const failures: unknown[] = [];
beforeEach(async () => {
  redis = await RedisServer.start();
  servers = [];
});
afterEach(async () => {
  for (const { webhooks, target } of servers) {
    target.answer = () => OK;
    await webhooks.close();
  }
  for (const { backend } of servers) await backend.close();
  await redis.stop();
  if (failures.length > 0) throw new AggregateError(failures);
});

async function start(serverId: string, leaseMs = LONG_MS, now = Date.now): Promise<Server> {
  const backend = await openTestLog(redis.url);
  const target = new FakeTarget(SECRET);
  let isFrozen = false;
  const webhooks = new Webhooks({
    log: backend.log,
    shelf: backend.shelf,
    door: target as never,
    timers: {
      after(ms, run) {
        const timer = setTimeout(() => isFrozen || run(), ms);
        return () => clearTimeout(timer);
      },
    },
    now,
    serverId,
    leaseMs,
    onFailure: (error) => failures.push(error),
  });
  const freeze = () => (isFrozen = true);
  const server: Server = { webhooks, target, backend, freeze: () => void freeze() };
  servers.push(server);
  webhooks.start();
  return server;
}

async function add({ webhooks, backend }: Server): Promise<void> {
  const { epoch } = await backend.log.read("lobby", { limit: 1 });
  await webhooks.add({ ...HOOK, secret: SECRET, cursor: { epoch, seq: 0 } });
}

const say = ({ backend }: Server, message: string) =>
  backend.log.append("lobby", chatDraft(message));
const owner = async ({ backend }: Server, id = "hook") =>
  (JSON.parse((await backend.shelf.get(`webhook:${id}`)) ?? "{}") as { owner?: string }).owner;

it("[H5] is delivered by one server, also a message that another server took", async () => {
  const [one, two] = [await start("one"), await start("two")];
  await add(one);
  for (const [n, server] of [two, one, two].entries()) await say(server, `${n}`);
  await until(() => expect(one.target.seqs.at(-1)).toBe(3));
  expect(await owner(one)).toBe("one");
  expect(one.target.seqs).toEqual([1, 2, 3]);
  expect(two.target.told).toEqual([]);
});

it("[H5] is taken over if its server dies with a request under way", async () => {
  const one = await start("one", SHORT_MS);
  await add(one);
  await say(one, "one");
  await until(() => expect(one.target.seqs).toEqual([1]));
  const { promise: never } = Promise.withResolvers<Answer>();
  one.target.answer = () => never;
  await say(one, "two");
  await until(() => expect(one.target.seqs).toEqual([1, 2]));
  one.freeze();
  const two = await start("two", SHORT_MS);
  await say(two, "three");
  // What the first server did not keep as taken comes again, in order.
  await until(() => expect(two.target.seqs).toEqual([2, 3]));
  expect(await owner(two)).toBe("two");
  servers.shift();
  await one.backend.close();
});

it("[H5] stays with a server whose clock is behind", async () => {
  const one = await start("one", LONG_MS, () => Date.now() - 2 * LONG_MS);
  await add(one);
  // Another one, whose server is gone, comes later in a round.
  const { epoch } = await one.backend.log.read("lobby", { limit: 1 });
  const cursor = { epoch, seq: 0 };
  const other = { ...HOOK, id: "other", secret: SECRET, cursor, owner: "gone", failures: 0 };
  await putWebhook(one.backend.shelf, other, null);
  await start("two");
  await until(async () => expect(await owner(one, "other")).toBe("two"));
  expect(await owner(one)).toBe("one");
});

it("[H5] goes on at once with another server if its own went down in order", async () => {
  const one = await start("one");
  await add(one);
  await say(one, "one");
  await until(() => expect(one.target.seqs).toEqual([1]));
  await one.webhooks.close();
  await say(one, "two");
  const two = await start("two");
  await until(() => expect(two.target.seqs.at(-1)).toBe(2));
  expect([...new Set([...one.target.seqs, ...two.target.seqs])]).toEqual([1, 2]);
});

it("ends with the next request if another server revoked it", async () => {
  const [one, two] = [await start("one"), await start("two")];
  await add(one);
  await say(one, "one");
  await until(() => expect(one.target.seqs).toEqual([1]));
  await takeWebhook(two.backend.shelf, "hook");
  await say(two, "two");
  await one.webhooks.close();
  expect(one.target.seqs).toEqual([1]);
  expect(await owner(two)).toBeUndefined();
});
