import { join } from "node:path";
import { FILE_BYTES_MAX } from "@parley/protocol";
import * as v from "valibot";
import {
  ADDRESS_FILE_BYTES_PER_DAY,
  CONVERSATIONS_PER_HOUR,
  CONVERSATIONS_PER_MINUTE,
  FILE_OVERHEAD_BYTES,
  HOOK_MESSAGES_PER_MINUTE,
  PERSON_FILE_BYTES_PER_DAY,
  POLLS_PER_ADDRESS_MAX,
  STREAMS_PER_ADDRESS_MAX,
  UPLOADS_PER_ADDRESS_MAX,
  UPLOADS_PER_PERSON_MAX,
} from "./limits/limits.ts";
import { NO_LIMITS, type Rate, type Rates } from "./limits/rates.ts";
import type { Retention } from "./log/retention.ts";
import { parseRedisUrl, type RedisConfig, type RedisEndpoint } from "./backends/redis/endpoint.ts";
import { parseBucketUrl, type Bucket } from "./backends/s3/bucket.ts";

const A_DAY_S = 86_400;
const A_DAY_MS = A_DAY_S * 1_000;
const A_GB = 1_000_000_000;
const A_MEBIBYTE = 1024 * 1024;

interface OutboundConfig {
  /** Hosts to which webhooks may go over http too, and at inside addresses. */
  readonly allow: readonly string[];
}

/** Where the bytes of files lie. */
type FilesConfig =
  | { readonly in: "folder"; readonly folder: string }
  | { readonly in: "bucket"; readonly bucket: Bucket }
  /** Nobody chose a place that several servers share. */
  | { readonly in: "no place" }
  | { readonly in: "off" };

export interface Config {
  readonly port: number;
  /** Undefined: every address of the machine. */
  readonly host: string | undefined;
  /** Whether other processes of this machine may listen on the same port; the system shares out. */
  readonly reusePort: boolean;
  /** Where everything that is stored is. */
  readonly dataDir: string;
  readonly retention: Retention;
  /** How many bytes the embedded log may store; Infinity: no cap. */
  readonly dataBytes: number;
  readonly files: FilesConfig;
  /** The largest file, in bytes. */
  readonly fileBytes: number;
  /** How many bytes all files may have together; Infinity: no cap. */
  readonly filesBytes: number;
  /** Undefined: this is the only server, and the log is embedded. */
  readonly redis: RedisConfig | undefined;
  /** What may wait to be written to all connections together, in bytes. */
  readonly backlogBytes: number;
  readonly logLevel: string;
  /** Origins of pages that may connect; empty: only pages of this server. `*`: any. */
  readonly allowedOrigins: readonly string[];
  /** The request header in which a proxy names the client's address, or none. */
  readonly trustProxy: string | undefined;
  readonly rates: Rates;
  /** Undefined: nothing is sent to other hosts. */
  readonly outbound: OutboundConfig | undefined;
}

const integer = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d+$/, "a whole number"),
    v.transform(Number),
    v.minValue(min, `at least ${min}`),
    v.maxValue(max, `at most ${max}`),
  );

const origin = v.pipe(
  v.string(),
  v.check(
    (text) => text === "*" || (URL.canParse(text) && new URL(text).origin === text),
    "origins such as https://chat.example, separated by commas",
  ),
);

/** As the address of a request has it, so that the two can be compared. */
const host = v.pipe(
  v.string(),
  v.toLowerCase(),
  v.check(
    (text) => URL.parse(`http://${text}`)?.hostname === text && !text.includes("*"),
    "hosts without ports and without *, such as build.example,10.0.0.7, separated by commas",
  ),
);

const gigabytes = v.pipe(
  v.string(),
  v.regex(/^\d+(\.\d+)?$/, "a number, such as 20 or 0.5; 0 for no cap"),
  v.transform(Number),
  v.maxValue(1_000_000, "at most 1000000"),
);

/** These may hold passwords, which no log may show. */
const SECRET = ["FILES", "REDIS_URL"];

const Environment = v.object({
  PORT: v.optional(integer(0, 65_535), "8080"),
  HOST: v.optional(v.string()),
  REUSE_PORT: v.optional(v.picklist(["on", "off"], "on or off"), "off"),
  DATA_DIR: v.optional(v.string(), "data"),
  DATA_GB: v.optional(gigabytes, "20"),
  FILES: v.optional(
    v.pipe(
      v.string(),
      v.transform(readFiles),
      v.custom<FilesConfig>(
        (files) => files !== undefined,
        "a folder, off, or s3://key:secret@host/bucket?region=…",
      ),
    ),
  ),
  FILE_MB: v.optional(integer(1, FILE_BYTES_MAX / A_MEBIBYTE), "25"),
  FILES_GB: v.optional(gigabytes, "5"),
  RETENTION_DAYS: v.optional(integer(0, 36_500), "90"),
  HISTORY_LIMIT: v.optional(integer(0, 1_000_000_000), "100000"),
  REDIS_URL: v.optional(
    v.pipe(
      v.string(),
      v.transform(parseRedisUrl),
      v.custom<RedisEndpoint>(
        (endpoint) => endpoint !== undefined,
        "redis://host:port, rediss://host:port, or redis+cluster://host:port,host:port",
      ),
    ),
  ),
  REDIS_WAIT_REPLICAS: v.optional(integer(0, 10), "0"),
  MEMORY_MB: v.optional(integer(1, 1_000_000), "256"),
  LOG_LEVEL: v.optional(
    v.picklist(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "one of fatal, error, warn, info, debug, trace, silent",
    ),
    "info",
  ),
  ALLOWED_ORIGINS: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => text.split(",").map((part) => part.trim())),
      v.array(origin),
    ),
  ),
  TRUST_PROXY: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9-]+$/, "the name of a header, such as X-Forwarded-For"),
      v.toLowerCase(),
      v.check(
        (name) => name !== "forwarded",
        "a header that has addresses only, such as X-Forwarded-For",
      ),
    ),
  ),
  OUTBOUND: v.optional(v.picklist(["on", "off"], "on or off"), "on"),
  OUTBOUND_ALLOW: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => text.split(",").map((part) => part.trim())),
      v.array(host),
    ),
  ),
  LIMITS: v.optional(v.picklist(["on", "off"], "on or off"), "on"),
  MESSAGES_PER_SECOND: v.optional(integer(1, 100_000), "5"),
  MESSAGES_BURST: v.optional(integer(1, 100_000), "20"),
  PERSON_MESSAGES_PER_SECOND: v.optional(integer(1, 100_000), "50"),
  NEW_ROOMS_PER_MINUTE: v.optional(integer(1, 100_000), "60"),
  STORED_MB_PER_MINUTE: v.optional(integer(1, 100_000), "2"),
  CONNECTIONS_PER_ADDRESS: v.optional(integer(1, 1_000_000), "50"),
});

/** Why the environment gives no configuration: a line for every bad variable. */
export class ConfigError extends Error {}

/**
 * Reads the configuration. An empty variable counts as unset.
 * @param env variables by name, such as `process.env`
 * @throws ConfigError that names every bad variable and what it may hold
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = v.safeParse(Environment, given);
  if (!parsed.success) {
    const lines = parsed.issues.map((issue) => {
      const name = v.getDotPath(issue)?.split(".")[0] ?? "?";
      const value = SECRET.includes(name) ? "" : `=${JSON.stringify(given[name])}`;
      return `${name}${value} is not usable: it takes ${issue.message}.`;
    });
    throw new ConfigError([...new Set(lines)].join("\n"));
  }
  const set = parsed.output;
  return Object.freeze({
    port: set.PORT,
    host: set.HOST,
    reusePort: set.REUSE_PORT === "on",
    dataDir: set.DATA_DIR,
    dataBytes: set.DATA_GB * A_GB || Infinity,
    files: set.FILES ?? usualFiles(set),
    fileBytes: set.FILE_MB * A_MEBIBYTE,
    filesBytes: set.FILES_GB * A_GB || Infinity,
    retention: {
      entries: set.HISTORY_LIMIT || Infinity,
      ageMs: set.RETENTION_DAYS * A_DAY_MS || Infinity,
    },
    redis: set.REDIS_URL && {
      endpoint: set.REDIS_URL,
      waitForReplicas: set.REDIS_WAIT_REPLICAS,
    },
    backlogBytes: set.MEMORY_MB * A_MEBIBYTE,
    logLevel: set.LOG_LEVEL,
    allowedOrigins: set.ALLOWED_ORIGINS ?? [],
    trustProxy: set.TRUST_PROXY,
    outbound: set.OUTBOUND === "off" ? undefined : { allow: set.OUTBOUND_ALLOW ?? [] },
    rates: set.LIMITS === "off" ? NO_LIMITS : ratesOf(set),
  });
}

/** @returns undefined if this is no place for files */
function readFiles(text: string): FilesConfig | undefined {
  if (text === "off") return { in: "off" };
  if (!/^[a-z\d]+:\/\//i.test(text)) return { in: "folder", folder: text };
  const bucket = parseBucketUrl(text);
  return bucket && { in: "bucket", bucket };
}

/** A folder of this server, unless others have to reach the files as well. */
function usualFiles(set: v.InferOutput<typeof Environment>): FilesConfig {
  if (set.REDIS_URL) return { in: "no place" };
  return { in: "folder", folder: join(set.DATA_DIR, "files") };
}

function ratesOf(set: v.InferOutput<typeof Environment>): Rates {
  const messages = { perSecond: set.MESSAGES_PER_SECOND, burst: set.MESSAGES_BURST };
  return {
    messages,
    person: {
      perSecond: set.PERSON_MESSAGES_PER_SECOND,
      burst: Math.max(set.PERSON_MESSAGES_PER_SECOND, set.MESSAGES_BURST),
    },
    signals: { perSecond: 10, burst: 60 },
    flood: { perSecond: 50 + messages.perSecond, burst: 300 + messages.burst },
    newRooms: { perSecond: set.NEW_ROOMS_PER_MINUTE / 60, burst: set.NEW_ROOMS_PER_MINUTE },
    conversations: { perSecond: CONVERSATIONS_PER_MINUTE / 60, burst: CONVERSATIONS_PER_MINUTE },
    hourlyConversations: {
      perSecond: CONVERSATIONS_PER_HOUR / 3_600,
      burst: CONVERSATIONS_PER_HOUR,
    },
    storage: {
      perSecond: (set.STORED_MB_PER_MINUTE * A_MEBIBYTE) / 60,
      burst: set.STORED_MB_PER_MINUTE * A_MEBIBYTE,
    },
    frames: { perSecond: 300, burst: 3_000 },
    bytes: { perSecond: A_MEBIBYTE / 4, burst: A_MEBIBYTE * 4 },
    presence: { perSecond: 20, burst: 200 },
    typing: { perSecond: 20, burst: 60 },
    personFiles: fileRate(PERSON_FILE_BYTES_PER_DAY, set.FILE_MB),
    files: fileRate(ADDRESS_FILE_BYTES_PER_DAY, set.FILE_MB),
    hook: { perSecond: HOOK_MESSAGES_PER_MINUTE / 60, burst: HOOK_MESSAGES_PER_MINUTE },
    // All connections that an address may have may come back at once.
    requests: { perSecond: 50, burst: Math.max(500, set.CONNECTIONS_PER_ADDRESS) },
    connections: set.CONNECTIONS_PER_ADDRESS,
    streams: STREAMS_PER_ADDRESS_MAX,
    polls: POLLS_PER_ADDRESS_MAX,
    uploads: UPLOADS_PER_ADDRESS_MAX,
    personUploads: UPLOADS_PER_PERSON_MAX,
  };
}

/** So many bytes of files in a day, and at once: at least the largest file. */
function fileRate(bytesPerDay: number, fileMb: number): Rate {
  const burst = Math.max(bytesPerDay, fileMb * A_MEBIBYTE + FILE_OVERHEAD_BYTES);
  return { perSecond: bytesPerDay / A_DAY_S, burst };
}
