import { throwUnlessUnavailable } from "../../log/log.ts";
import type { RedisConnection } from "./connection.ts";

/** What decides on how far Redis keeps its word; a setting that may not be read is missing. */
export interface RedisSettings {
  readonly version?: string;
  readonly appendonly?: string;
  readonly appendfsync?: string;
  /** In bytes; "0" is no limit. */
  readonly maxmemory?: string;
  readonly "maxmemory-policy"?: string;
  /** Replicas that are connected now. */
  readonly replicas: number;
}

const OLDEST_MAJOR = 7;

/**
 * Names the settings that weaken what is promised, each in a sentence for the host.
 * @param waitForReplicas how many replicas an acknowledgement waits for
 */
export function durabilityWarnings(settings: RedisSettings, waitForReplicas: number): string[] {
  const { version, appendonly, appendfsync, replicas } = settings;
  const found: string[] = [];
  if (version && Number.parseInt(version, 10) < OLDEST_MAJOR) {
    found.push(
      `Redis is ${version}; scripts with flags and sharded channels need ${OLDEST_MAJOR} or later.`,
    );
  }
  if (appendonly === undefined) {
    found.push("CONFIG may not be read here: whether messages survive a crash cannot be checked.");
  } else if (appendonly !== "yes") {
    found.push("appendonly is off: a crash of Redis loses everything since its last snapshot.");
  } else if (appendfsync !== "always") {
    found.push(
      `appendfsync is ${appendfsync}: a crash of Redis loses acknowledged messages of the last seconds.`,
    );
  }
  const policy = settings["maxmemory-policy"];
  if (policy !== undefined && policy !== "noeviction" && settings.maxmemory !== "0") {
    found.push(`maxmemory-policy is ${policy}: a full Redis throws rooms away. Set noeviction.`);
  }
  if (replicas === 0) {
    found.push("Redis has no replica: while it is away, nothing can be sent.");
  } else if (waitForReplicas === 0) {
    found.push(
      "REDIS_WAIT_REPLICAS is 0: a failover to a replica may lose acknowledged messages (and is told).",
    );
  }
  if (replicas < waitForReplicas) {
    found.push(
      `REDIS_WAIT_REPLICAS is ${waitForReplicas} and Redis has ${replicas}: all is refused.`,
    );
  }
  return found;
}

/** Reads the settings of every server that takes writes. Throws LogUnavailable. */
export async function readSettings(redis: RedisConnection): Promise<RedisSettings[]> {
  const names = ["appendonly", "appendfsync", "maxmemory", "maxmemory-policy"];
  const configs = await redis.sendToAll(["CONFIG", "GET", ...names]).catch((error: unknown) => {
    // It may not be read: that is told as a warning.
    throwUnlessUnavailable(error);
    return [];
  });
  const infos = await redis.sendToAll(["INFO"]);
  return infos.map((info, index) => settingsOf(info, configs[index]));
}

function settingsOf(info: unknown, config: unknown): RedisSettings {
  const version = infoField(info, "redis_version");
  const replicas = Number(infoField(info, "connected_slaves") ?? 0);
  return { ...textFields(config), ...(version === undefined ? {} : { version }), replicas };
}

function infoField(info: unknown, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(String(info))?.[1];
}

function textFields(config: unknown): Record<string, string> {
  if (typeof config !== "object" || config === null) return {};
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)]));
}
