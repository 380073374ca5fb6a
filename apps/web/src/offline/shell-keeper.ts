/** The files of the app; the build fills it in. */
export interface Shell {
  /** Differs between any two different builds. */
  readonly version: string;
  /** Paths on this origin; the page itself is `/`. */
  readonly files: readonly string[];
}

/**
 * The message from a page to the worker. Page and worker share only types, because shared code
 * would split the worker into several files.
 */
export type VersionQuestion = "parley:version?";

/** The worker's answer: the version of the app that it stores. */
export interface VersionAnswer {
  readonly keeps: string;
}

/** The browser's functions to store and fetch files. */
interface ShellDeps {
  readonly caches: CacheStorage;
  readonly fetch: (request: Request | string, init?: RequestInit) => Promise<Response>;
  readonly origin: string;
  /** Resolves after this many ms. */
  readonly wait: (ms: number) => Promise<void>;
}

/** Stores the app's files, and serves them. */
export interface ShellKeeper {
  /**
   * Fetches and stores every file. If one fails, it rejects and stores none; it is tried again
   * later.
   */
  readonly install: () => Promise<void>;
  /** Deletes unused versions: keeps this one, and the one that open pages may run. */
  readonly tidy: () => Promise<void>;
  /** Answers a request for the app's own files; undefined leaves a request to the network. */
  readonly answer: (request: Request) => Promise<Response> | undefined;
}

/** A network that takes longer than this for the page itself, in ms, counts as offline. */
const PATIENCE_MS = 3_000;
const PREFIX = "parley-shell-";

/**
 * Stores one version of the app for offline use. The page comes from the network if possible, so
 * that a reload never gets an old one. A file with a content hash in its name comes from any stored
 * version, so that an open page finds its own files after an update.
 */
export function createShellKeeper(shell: Shell, surroundings: ShellDeps): ShellKeeper {
  const { caches, fetch, origin, wait } = surroundings;
  const name = PREFIX + shell.version;
  const kept = async (path: string) => (await caches.open(name)).match(path);

  const page = async (request: Request): Promise<Response> => {
    // oxlint-disable-next-line house/no-bare-catch -- a failure of the network looks like any other
    const fetched = fetch(request).catch(() => undefined);
    const answer = await Promise.race([fetched, wait(PATIENCE_MS)]);
    // A proxy answers for a server that is away, too, but not with the page.
    if (answer && answer.status < 500) return answer;
    return (await kept("/")) ?? (await fetched) ?? Response.error();
  };
  const file = async (request: Request, path: string): Promise<Response> =>
    (await kept(path)) ?? (await caches.match(path)) ?? fetch(request);

  return {
    install: async () => {
      const cache = await caches.open(name);
      try {
        await cache.addAll(shell.files.map((path) => new Request(origin + path, asked(path))));
        const text = await (await cache.match("/"))?.text();
        // During a rollout, one server may have this version and the next another.
        if (!text?.includes(shell.version)) throw new Error("The page is of another version.");
      } catch (error) {
        await caches.delete(name);
        throw error;
      }
    },
    tidy: async () => {
      const others = (await caches.keys()).filter(
        (other) => other.startsWith(PREFIX) && other !== name,
      );
      await Promise.all(others.slice(0, -1).map((other) => caches.delete(other)));
    },
    answer: (request) => {
      const { origin: asked, pathname } = new URL(request.url);
      if (request.method !== "GET" || asked !== origin) return undefined;
      if (request.mode === "navigate") {
        return pathname === "/" || pathname.startsWith("/r/") ? page(request) : undefined;
      }
      const isOurs = pathname.startsWith("/assets/") || shell.files.includes(pathname);
      return isOurs ? file(request, pathname) : undefined;
    },
  };
}

/** Files without a content hash are requested past the HTTP cache. */
function asked(path: string): RequestInit {
  return path.startsWith("/assets/") ? {} : { cache: "no-cache" };
}
