/** The files that the app is made of; the build fills it in. */
export interface Shell {
  /** Differs between any two builds that differ. */
  readonly version: string;
  /** Paths on this origin; the page itself is `/`. */
  readonly files: readonly string[];
}

/**
 * What a page asks the worker. Page and worker share types only: a worker that shared code with the
 * page would be more than one file.
 */
export type VersionQuestion = "parley:version?";

/** The worker's answer: the version of the app that it keeps. */
export interface VersionAnswer {
  readonly keeps: string;
}

/** The parts of a browser that keep and fetch files. */
interface ShellDeps {
  readonly caches: CacheStorage;
  readonly fetch: (request: Request | string, init?: RequestInit) => Promise<Response>;
  readonly origin: string;
  /** Resolves after so many ms. */
  readonly wait: (ms: number) => Promise<void>;
}

/** Keeps the app's files, and gives them out again. */
export interface ShellKeeper {
  /** Fetches and keeps every file, or rejects and keeps nothing: then it is tried again later. */
  readonly install: () => Promise<void>;
  /** Forgets versions that nobody needs: this one stays, and the one that open pages may run. */
  readonly tidy: () => Promise<void>;
  /** Answers a request for the app's own files; all others are the network's: undefined. */
  readonly answer: (request: Request) => Promise<Response> | undefined;
}

/** A network that takes longer than this for the page itself, in ms, counts as none. */
const PATIENCE_MS = 3_000;
const PREFIX = "parley-shell-";

/**
 * Keeps one version of the app for when there is no network. The page comes from the network
 * wherever it can, so that nobody who reloads gets an old one; a file whose name says what it holds
 * comes from wherever it is kept, so that an open page finds its own after an update.
 */
export function createShellKeeper(shell: Shell, surroundings: ShellDeps): ShellKeeper {
  const { caches, fetch, origin, wait } = surroundings;
  const name = PREFIX + shell.version;
  const kept = async (path: string) => (await caches.open(name)).match(path);

  const page = async (request: Request): Promise<Response> => {
    const fetched = fetch(request).catch(() => undefined);
    const answer = await Promise.race([fetched, wait(PATIENCE_MS)]);
    // A proxy whose server is away answers too, and that is no page.
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
        // While an update is rolled out, one server may have this version and the next another.
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

/** What is not named after its content is asked for anew. */
function asked(path: string): RequestInit {
  return path.startsWith("/assets/") ? {} : { cache: "no-cache" };
}
