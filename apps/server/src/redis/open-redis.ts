import type { Logger } from "pino";
import { Channels } from "./channels.ts";
import { RedisConnection } from "./connection.ts";
import type { RedisEndpoint } from "./endpoint.ts";
import type { Script } from "./scripts.ts";
import { readSettings, weaknesses } from "./weaknesses.ts";

export interface Redis {
  readonly connection: RedisConnection;
  readonly channels: Channels;
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
  let told: readonly string[] = [];
  async function warnOfWeaknesses(): Promise<void> {
    const all = (await readSettings(connection)).flatMap((one) => weaknesses(one, waitForReplicas));
    const found = [...new Set(all)];
    for (const sentence of found) if (!told.includes(sentence)) logger.warn(sentence);
    told = found;
  }
  const connection: RedisConnection = new RedisConnection(endpoint, scripts, {
    ready: () => channels.renewed(),
    message: (text, channel) => channels.message(text, channel),
    up() {
      logger.info("Redis is there");
      // What it was asked in vain, it is asked again when it comes back.
      warnOfWeaknesses().catch(() => {});
    },
    down: (error) =>
      logger.warn({ err: error }, "Redis is away: nothing can be sent until it is back"),
    refused: (error) => logger.error({ err: error }, "Redis refused a command"),
  });
  const channels: Channels = new Channels(connection);
  return { connection, channels, close: () => connection.close() };
}
