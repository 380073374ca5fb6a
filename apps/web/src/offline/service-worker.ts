import {
  createShellKeeper,
  type Shell,
  type VersionAnswer,
  type VersionQuestion,
} from "./shell-keeper.ts";

/** The build fills it in. */
declare const PARLEY_SHELL: Shell;

const scope = globalThis as unknown as WorkerScope;
const shell = PARLEY_SHELL;
const QUESTION: VersionQuestion = "parley:version?";
const keeper = createShellKeeper(shell, {
  caches,
  fetch: (request, init) => fetch(request, init),
  origin: location.origin,
  wait: (ms) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, ms);
    return promise;
  },
});

scope.addEventListener("install", (event) => {
  // No page waits for it: each continues with its own files and shows that an update exists.
  event.waitUntil(keeper.install().then(() => scope.skipWaiting()));
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(keeper.tidy().then(() => scope.clients.claim()));
});

scope.addEventListener("fetch", (event) => {
  const answer = keeper.answer(event.request);
  if (answer) event.respondWith(answer);
});

scope.addEventListener("message", ({ data, source }) => {
  const answer: VersionAnswer = { keeps: shell.version };
  if (data === QUESTION) source?.postMessage(answer);
});

scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(showRoom(event.notification.tag));
});

/** Brings the page of a room to the front, or opens one. A link may have the code in capitals. */
async function showRoom(path: string): Promise<void> {
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.find(({ url }) => new URL(url).pathname.toLowerCase() === path);
  await (open ? open.focus() : scope.clients.openWindow(path));
}

/** An event that the browser extends until a promise settles. */
interface LastingEvent {
  readonly waitUntil: (until: Promise<unknown>) => void;
}

interface WorkerEvents {
  readonly install: LastingEvent;
  readonly activate: LastingEvent;
  readonly fetch: {
    readonly request: Request;
    readonly respondWith: (answer: Promise<Response>) => void;
  };
  readonly message: MessageEvent<unknown>;
  readonly notificationclick: LastingEvent & { readonly notification: Notification };
}

/** A page of this origin, as its worker sees it. */
interface WorkerClient {
  readonly url: string;
  readonly focus: () => Promise<WorkerClient>;
}

/** The parts of a service worker's scope that are used; the page's types have no workers. */
interface WorkerScope {
  readonly addEventListener: <K extends keyof WorkerEvents>(
    type: K,
    listener: (event: WorkerEvents[K]) => void,
  ) => void;
  /** Replaces the earlier version at once. */
  readonly skipWaiting: () => Promise<void>;
  readonly clients: {
    /** Serves also the pages that were loaded without it. */
    readonly claim: () => Promise<void>;
    readonly matchAll: (options: {
      type: "window";
      includeUncontrolled: boolean;
    }) => Promise<readonly WorkerClient[]>;
    readonly openWindow: (url: string) => Promise<WorkerClient | null>;
  };
}
