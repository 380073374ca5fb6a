/** Where Redis is: one server (or what stands in front of one), or a cluster. */
export type RedisEndpoint =
  | { readonly is: "server"; readonly url: string }
  /** `urls` name some of the cluster's servers; the others are learnt from them. */
  | { readonly is: "cluster"; readonly urls: readonly string[] };

/** The Redis that several servers share. */
export interface RedisConfig {
  readonly endpoint: RedisEndpoint;
  /** How many replicas must have an entry before it is acknowledged; 0 waits for none. */
  readonly waitForReplicas: number;
}

/** The path of an address. A cluster has one database. */
const ONE_OF_ITS_DATABASES = /^\/?\d*$/;
const ONLY_DATABASE = /^\/?$/;
const SCHEME = /^(rediss?)(\+cluster)?:\/\/(.+)$/;

/**
 * Reads REDIS_URL. `redis://[user:password@]host[:port][/db]` is one server, `rediss://` the same
 * over TLS; `redis+cluster://` and `rediss+cluster://` name a cluster by one or more of its
 * servers, separated by commas: `redis+cluster://user:password@a:6379,b:6379`. The host says which
 * it is, because Redis cannot be asked: a cluster that is half down would give another answer, and
 * another log.
 * @returns undefined for any other text
 */
export function parseRedisUrl(text: string): RedisEndpoint | undefined {
  const [, scheme, cluster, rest] = SCHEME.exec(text) ?? [];
  if (!scheme || !rest) return undefined;
  if (!cluster) {
    return namesServer(text, ONE_OF_ITS_DATABASES) ? { is: "server", url: text } : undefined;
  }
  const at = rest.lastIndexOf("@") + 1;
  const urls = rest
    .slice(at)
    .split(",")
    .map((host) => `${scheme}://${rest.slice(0, at)}${host}`);
  return urls.every((url) => namesServer(url, ONLY_DATABASE)) ? { is: "cluster", urls } : undefined;
}

function namesServer(text: string, database: RegExp): boolean {
  if (!URL.canParse(text)) return false;
  const { hostname, pathname, username, password } = new URL(text);
  return hostname !== "" && database.test(pathname) && [username, password].every(isEscaped);
}

/** Whether every `%` begins an escaped character: the client of Redis throws at any other. */
function isEscaped(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
