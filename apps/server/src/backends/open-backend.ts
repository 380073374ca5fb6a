import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { HostReports } from "../log/host-reports.ts";
import { openLocalPresence } from "../presence/local-presence.ts";
import type { FileStore } from "../files/file-store.ts";
import type { Backend } from "./backend.ts";
import { openFiles } from "./open-files.ts";
import { logScripts, RedisLog } from "./redis/log.ts";
import { openRedis } from "./redis/open-redis.ts";
import { presenceScript } from "./redis/presence-store.ts";
import { redisPresence } from "./redis/presence.ts";
import { RedisShelf, shelfScripts } from "./redis/shelf.ts";
import { startSweeping } from "./redis/sweep.ts";
import { SqliteLog } from "./sqlite/log.ts";

/** The part of the configuration that says where everything is stored. */
type StorageConfig = Pick<Config, "dataDir" | "retention" | "redis" | "files"> &
  Partial<Pick<Config, "dataBytes">>;

/**
 * Opens the backend that the configuration names: Redis, or else SQLite. If Redis is away, the
 * server starts without it, is not ready, and waits.
 * @throws StorageError if the data directory of SQLite, or the folder of files, cannot be used
 */
export async function openBackend(config: StorageConfig, logger: Logger): Promise<Backend> {
  const { redis, retention } = config;
  const files = await openFiles(config, logger);
  return redis ? overRedis(redis, retention, files, logger) : overSqlite(config, files, logger);
}

async function overSqlite(
  { dataDir, retention, dataBytes = Infinity }: StorageConfig,
  files: FileStore | undefined,
  logger: Logger,
): Promise<Backend> {
  const reports = new HostReports(logger);
  const settings = { dataDir, retention, dataBytes, faults: {} };
  const log = await SqliteLog.open(settings, (report) => reports.take(report));
  return {
    log,
    shelf: log.shelf,
    files,
    openPresence: openLocalPresence,
    trouble: () => reports.trouble,
    damagedEntries: () => reports.damagedEntries,
    size: () => reports.size,
    async close() {
      await files?.close();
      await log.close();
    },
  };
}

function overRedis(
  { endpoint, waitForReplicas }: NonNullable<Config["redis"]>,
  retention: Config["retention"],
  files: FileStore | undefined,
  logger: Logger,
): Backend {
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
    files,
    openPresence: presence.openPresence,
    trouble: () => redis.trouble(),
    damagedEntries: () => reports.damagedEntries,
    size: () => undefined,
    async close() {
      stopSweeping();
      await files?.close();
      await presence.goDown();
      log.close();
      redis.close();
    },
  };
}
