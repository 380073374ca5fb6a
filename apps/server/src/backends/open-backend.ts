import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { redisPresence } from "./redis/presence.ts";
import { presenceScript } from "./redis/presence-store.ts";
import { openRedis } from "./redis/open-redis.ts";
import type { OpenPresence } from "../presence/presence.ts";
import { RedisShelf, shelfScripts } from "./redis/shelf.ts";
import type { Shelf } from "../shelf/shelf.ts";
import type { RoomLog } from "../log/log.ts";
import { startSweeping } from "./redis/sweep.ts";
import { logScripts, RedisLog } from "./redis/log.ts";
import { HostReports, type StoredSize } from "../log/host-reports.ts";
import { SqliteLog } from "./sqlite/log.ts";
import type { StorageTrouble } from "../log/storage-health.ts";

/** The log that a server works with. */
export interface Backend {
  readonly log: RoomLog;
  readonly shelf: Shelf;
  /** What keeps messages from being stored now, as far as is known. */
  readonly trouble: () => StorageTrouble | undefined;
  /** How many damaged entries were found since the start, if the backend can know. */
  readonly damagedEntries?: () => number;
  /** How much is stored, and may be, in bytes, where that is known. */
  readonly size?: () => StoredSize | undefined;
  /** Opens the presence of a room, if other servers share it. */
  readonly openPresence?: OpenPresence;
  /** Gives it back; to be called when nothing is under way any more. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the log that the configuration names: Redis, or else SQLite. If Redis is away, the server
 * starts without it, is not ready, and waits.
 * @throws StorageError if the data directory of SQLite cannot be used
 */
export async function openBackend(
  config: Pick<Config, "dataDir" | "retention" | "redis"> & Partial<Pick<Config, "dataBytes">>,
  logger: Logger,
): Promise<Backend> {
  const { dataDir, retention } = config;
  if (!config.redis) {
    const reports = new HostReports(logger);
    const { dataBytes = Infinity } = config;
    const settings = { dataDir, retention, dataBytes, faults: {} };
    const log = await SqliteLog.open(settings, (report) => reports.take(report));
    return {
      log,
      shelf: log.shelf,
      trouble: () => reports.trouble,
      damagedEntries: () => reports.damagedEntries,
      size: () => reports.size,
      close: () => log.close(),
    };
  }
  const { endpoint, waitForReplicas } = config.redis;
  const redis = openRedis(
    endpoint,
    [...logScripts, presenceScript, ...shelfScripts],
    waitForReplicas,
    logger,
  );
  const rules = { entries: retention.entries, waitForReplicas };
  const log = new RedisLog(redis.connection, redis.channels, rules);
  const reports = new HostReports(logger);
  const stopSweeping = startSweeping(redis.connection, retention.ageMs, (report) =>
    reports.take(report),
  );
  const presence = redisPresence(redis.connection, redis.channels);
  return {
    log,
    shelf: new RedisShelf(redis.connection, waitForReplicas),
    trouble: () => redis.trouble(),
    openPresence: presence.openPresence,
    async close() {
      stopSweeping();
      await presence.goDown();
      log.close();
      redis.close();
    },
  };
}
