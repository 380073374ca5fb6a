import { PATIENCE_MS, until } from "@parley/testkit";
import { pino } from "pino";
import { expect } from "vitest";
import type { Retention } from "../src/log/retention.ts";
import type { Backend } from "../src/backends/backend.ts";
import { openBackend } from "../src/backends/open-backend.ts";
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

/** Connects to Redis as a server does, and waits until it is there. */
export async function connectTestRedis(url: string): Promise<TestRedis> {
  const redis = openRedis(endpointOf(url), [presenceScript], 0, silent);
  await ready(() => redis.connection.isUp);
  return redis;
}

function endpointOf(url: string) {
  const endpoint = parseRedisUrl(url);
  if (!endpoint) throw new Error(`${url} names no Redis.`);
  return endpoint;
}

function ready(isReady: () => boolean, withinMs = PATIENCE_MS): Promise<void> {
  return until(() => expect(isReady(), "whether Redis is there").toBe(true), { withinMs });
}
