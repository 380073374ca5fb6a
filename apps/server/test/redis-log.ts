import { PATIENCE_MS, until } from "@parley/testkit";
import { RedisServer } from "@parley/testkit/redis-server";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { Retention } from "../src/log/retention.ts";
import type { Backend } from "../src/backends/backend.ts";
import { openBackend } from "../src/open-backend.ts";
import { presenceScript } from "../src/backends/redis/presence-store.ts";
import { parseRedisUrl } from "../src/backends/redis/endpoint.ts";
import { openRedis, type Redis } from "../src/backends/redis/open-redis.ts";

const FOR_GOOD: Retention = { entries: Infinity, ageMs: Infinity };
const silent = pino({ level: "silent" });

/** Opens the log in Redis as a server does, and waits until Redis is there. */
export async function openTestLog(
  url: string,
  retention = FOR_GOOD,
  waitForReplicas = 0,
  withinMs = PATIENCE_MS,
): Promise<Backend> {
  const redis = { endpoint: endpointOf(url), waitForReplicas };
  const opened = await openBackend({ dataDir: "", retention, redis, files: { in: "off" } }, silent);
  await ready(() => opened.trouble() !== "redis_down", withinMs).catch(async (error: unknown) => {
    await opened.close();
    throw error;
  });
  return opened;
}

export type TestRedis = Redis;

/** Connects to Redis as a server does; does not wait for it. */
export function openTestRedis(url: string, logger: Parameters<typeof openRedis>[3]): TestRedis {
  return openRedis(endpointOf(url), [presenceScript], 0, logger);
}

/** Connects to Redis as a server does, and waits until it is there. */
export async function connectTestRedis(url: string): Promise<TestRedis> {
  const redis = openTestRedis(url, silent);
  await ready(() => redis.connection.isUp);
  return redis;
}

/**
 * A Redis for the tests of a file, empty before each. What is opened in it is closed after the test.
 * @param options further settings, as on its command line
 */
export function useRedis(...options: string[]) {
  let server: RedisServer;
  const opened: { readonly close: () => unknown }[] = [];
  beforeAll(async () => {
    server = await RedisServer.start(...options);
  });
  beforeEach(() => server.command("FLUSHALL"));
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ close }) => close()));
  });
  afterAll(() => server.stop());
  return {
    get server() {
      return server;
    },
    command: (...words: string[]) => server.command(...words),
    async open(retention = FOR_GOOD): Promise<Backend> {
      const backend = await openTestLog(server.url, retention);
      opened.push(backend);
      return backend;
    },
    async connect(): Promise<TestRedis> {
      const redis = await connectTestRedis(server.url);
      opened.push(redis);
      return redis;
    },
  };
}

function endpointOf(url: string) {
  const endpoint = parseRedisUrl(url);
  if (!endpoint) throw new Error(`${url} names no Redis.`);
  return endpoint;
}

function ready(isReady: () => boolean, withinMs = PATIENCE_MS): Promise<void> {
  return until(() => expect(isReady(), "whether Redis is there").toBe(true), { withinMs });
}
