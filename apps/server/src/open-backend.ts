import type { Logger } from "pino";
import type { Config } from "./config.ts";
import type { Backend } from "./backends/backend.ts";
import { openFiles } from "./open-files.ts";

/** The part of the configuration that says where everything is stored. */
type StorageConfig = Pick<Config, "dataDir" | "retention" | "redis" | "files"> &
  Partial<Pick<Config, "dataBytes">>;

/**
 * Opens the backend that the configuration names: Redis, or else SQLite. If Redis is away, the
 * server starts without it, is not ready, and waits. Only the named one is loaded: the client of
 * Redis is half of all modules of a server.
 * @throws StorageError if the data directory of SQLite, or the folder of files, cannot be used
 */
export async function openBackend(config: StorageConfig, logger: Logger): Promise<Backend> {
  const files = await openFiles(config, logger);
  if (config.redis) {
    const { redisBackend } = await import("./backends/redis/backend.ts");
    return redisBackend(config.redis, config.retention, files, logger);
  }
  const { sqliteBackend } = await import("./backends/sqlite/backend.ts");
  return sqliteBackend(config, files, logger);
}
