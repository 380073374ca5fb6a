import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { FileStore } from "../../files/file-store.ts";
import { GO_DOWN_WITHIN_MS } from "../../limits/limits.ts";
import { HostReports } from "../../log/host-reports.ts";
import type { Retention } from "../../log/retention.ts";
import type { Backend } from "../backend.ts";
import type { RedisConfig } from "./endpoint.ts";
import { logScripts, RedisLog } from "./log.ts";
import { openRedis } from "./open-redis.ts";
import { presenceScript } from "./presence-store.ts";
import { redisPresence } from "./presence.ts";
import { RedisShelf, shelfScripts } from "./shelf.ts";
import { startSweeping } from "./sweep.ts";

/** Stores everything in Redis; what it cannot reach yet it waits for, and is not ready. */
export function redisBackend(
  { endpoint, waitForReplicas }: RedisConfig,
  retention: Retention,
  files: FileStore | undefined,
  logger: Logger,
): Backend {
  const redis = openRedis(
    endpoint,
    [...logScripts, presenceScript, ...shelfScripts],
    waitForReplicas,
    logger,
  );
  const rules = { entries: retention.entries, replicas: redis.replicas };
  const log = new RedisLog(redis.connection, redis.channels, rules);
  const reports = new HostReports(logger);
  const stopSweeping = startSweeping(redis.connection, retention.ageMs, (report) =>
    reports.take(report),
  );
  const presence = redisPresence(redis.connection, redis.channels);
  return {
    log,
    shelf: new RedisShelf(redis.connection, redis.replicas),
    files,
    openPresence: presence.openPresence,
    trouble: () => redis.trouble(),
    damagedEntries: () => reports.damagedEntries,
    size: () => undefined,
    async close() {
      stopSweeping();
      await files?.close();
      // Without it, the leases of those who are here end by themselves.
      const within = sleep(GO_DOWN_WITHIN_MS, undefined, { ref: false });
      if (redis.connection.isUp) await Promise.race([presence.goDown(), within]);
      log.close();
      redis.close();
    },
  };
}
