import { setTimeout } from "node:timers/promises";
import { pino } from "pino";
import type { Retention } from "../src/config.ts";
import { openLog, type OpenedLog } from "../src/log/open-log.ts";
import { parseRedisUrl } from "../src/redis/endpoint.ts";

const FOR_GOOD: Retention = { entries: Infinity, ageMs: Infinity };

/** Opens the log in Redis as a server does, and waits until Redis is there. */
export async function openTestLog(
  url: string,
  retention = FOR_GOOD,
  waitForReplicas = 0,
  withinMs = 8_000,
): Promise<OpenedLog> {
  const endpoint = parseRedisUrl(url);
  if (!endpoint) throw new Error(`${url} names no Redis.`);
  const redis = { endpoint, waitForReplicas };
  const opened = await openLog({ dataDir: "", retention, redis }, pino({ level: "silent" }));
  const patience = Date.now() + withinMs;
  while (!opened.isReady()) {
    if (Date.now() > patience) {
      await opened.close();
      throw new Error(`No Redis at ${url}.`);
    }
    await setTimeout(5);
  }
  return opened;
}
