import type { Logger } from "pino";
import { LogUnavailable } from "../../log/log.ts";
import { StorageHealth, type StorageTrouble } from "../../log/storage-health.ts";
import { Channels } from "./channels.ts";
import { RedisConnection } from "./connection.ts";
import type { RedisEndpoint } from "./endpoint.ts";
import { ReplicaBarrier } from "./replicas.ts";
import type { Script } from "./scripts.ts";
import { readSettings, durabilityWarnings } from "./durability-warnings.ts";

export interface Redis {
  readonly connection: RedisConnection;
  readonly channels: Channels;
  /** What waits for replicas; undefined: nothing does. */
  readonly replicas: ReplicaBarrier | undefined;
  /** What keeps messages from being stored now, as far as is known. */
  trouble(): StorageTrouble | undefined;
  close(): void;
}

/**
 * Connects to Redis, and tells the host when it goes, comes back, or keeps less than it should.
 * @param scripts those that are run there
 */
export function openRedis(
  endpoint: RedisEndpoint,
  scripts: readonly Script[],
  waitForReplicas: number,
  logger: Pick<Logger, "info" | "warn" | "error">,
): Redis {
  const health = new StorageHealth(logger);
  const trouble = (): StorageTrouble | undefined => {
    if (!connection.isUp) return "redis_down";
    if (connection.isFull) return "redis_full";
    return replicas?.isShort ? "replicas_missing" : undefined;
  };
  function tellTrouble(error: unknown = ""): void {
    const found = trouble();
    const why = error instanceof Error ? error.message : String(error);
    health.is(found && { trouble: found, why });
  }
  let told: readonly string[] = [];
  async function warnOfDurability(): Promise<void> {
    const all = (await readSettings(connection)).flatMap((one) =>
      durabilityWarnings(one, waitForReplicas),
    );
    const found = [...new Set(all)];
    for (const sentence of found) if (!told.includes(sentence)) logger.warn(sentence);
    told = found;
  }
  const connection: RedisConnection = new RedisConnection(endpoint, scripts, {
    ready: () => channels.renewed(),
    message: (text, channel) => channels.message(text, channel),
    up() {
      tellTrouble();
      logger.info("Redis is there");
      // What failed while it was away is asked again when it comes back.
      warnOfDurability().catch((error: unknown) => {
        if (error instanceof LogUnavailable) return;
        logger.error({ err: error }, "what Redis is set to could not be checked");
      });
    },
    down: tellTrouble,
    full: tellTrouble,
    roomy: tellTrouble,
    refused: (error) => logger.error({ err: error }, "Redis refused a command"),
  });
  const channels: Channels = new Channels(connection);
  const replicas: ReplicaBarrier | undefined =
    waitForReplicas > 0
      ? new ReplicaBarrier(connection, waitForReplicas, {
          missing: tellTrouble,
          found: tellTrouble,
        })
      : undefined;
  return {
    connection,
    channels,
    replicas,
    trouble,
    close() {
      replicas?.close();
      connection.close();
    },
  };
}
