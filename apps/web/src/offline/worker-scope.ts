/** An event that the browser lets last until a promise is settled. */
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

/** What the service worker needs of its surroundings: the page's own types know nothing of workers. */
export interface WorkerScope {
  readonly addEventListener: <K extends keyof WorkerEvents>(
    type: K,
    listener: (event: WorkerEvents[K]) => void,
  ) => void;
  /** Takes over from the version before at once. */
  readonly skipWaiting: () => Promise<void>;
  readonly clients: {
    /** Serves the pages that were loaded without it, too. */
    readonly claim: () => Promise<void>;
    readonly matchAll: (options: {
      type: "window";
      includeUncontrolled: boolean;
    }) => Promise<readonly WorkerClient[]>;
    readonly openWindow: (url: string) => Promise<WorkerClient | null>;
  };
}
