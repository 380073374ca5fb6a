import type { Clock } from "../clock.ts";
import type { SendLock, SendLockListener } from "./send-lock.ts";

/** How long it is waited to know whether tabs share an outbox, in ms. */
export const SHARED_WAIT_MS = 3_000;

/** What the lock needs of the platform. */
export interface WebLockDeps {
  readonly locks: Pick<LockManager, "request">;
  /** Whether this tab is visible. */
  readonly isVisible: () => boolean;
  /** Whether tabs really share an outbox; if not, each can only send its own entries. */
  readonly isShared: () => Promise<boolean>;
  readonly clock: Pick<Clock, "after">;
}

type LockState =
  /** It is not known yet whether tabs share an outbox. */
  | { readonly is: "asking" }
  | { readonly is: "waiting"; readonly abort: () => void }
  | { readonly is: "held"; readonly release: () => void }
  | { readonly is: "released" };

/**
 * A send lock over the Web Locks API: the browser passes it on when a tab closes. A visible tab
 * takes it from one that may be suspended. If it is not known in time whether tabs share an outbox,
 * this tab sends without a lock: a message that two tabs send is stored once (SPEC D2).
 */
export function webLock(deps: WebLockDeps): SendLock {
  return (roomId, listener) => {
    const claim = new LockClaim(`parley-outbox:${roomId}`, listener, deps);
    const late = new Promise<boolean>((resolve) => {
      deps.clock.after(SHARED_WAIT_MS, () => resolve(false));
    });
    void Promise.race([deps.isShared(), late]).then(
      (isShared) => (isShared ? claim.wait() : claim.holdWithoutLock()),
      () => claim.holdWithoutLock(),
    );
    return claim;
  };
}

class LockClaim {
  readonly #name: string;
  readonly #listener: SendLockListener;
  readonly #deps: WebLockDeps;
  #state: LockState = { is: "asking" };

  constructor(name: string, listener: SendLockListener, deps: WebLockDeps) {
    this.#name = name;
    this.#listener = listener;
    this.#deps = deps;
  }

  request(): void {
    if (this.#state.is !== "waiting" || !this.#deps.isVisible()) return;
    this.#state.abort();
    this.#requestLock({ steal: true }, () => undefined);
  }

  release(): void {
    const state = this.#state;
    this.#state = { is: "released" };
    if (state.is === "waiting") state.abort();
    if (state.is === "held") state.release();
  }

  /** Queues behind the other tabs. */
  wait(): void {
    if (this.#state.is === "released") return;
    const controller = new AbortController();
    this.#requestLock({ signal: controller.signal }, () => controller.abort());
  }

  /** The browser offers no lock: this tab acts as if it held it. */
  holdWithoutLock(): void {
    if (this.#state.is === "released") return;
    this.#state = { is: "held", release: () => undefined };
    this.#listener.acquired();
  }

  #requestLock(options: LockOptions, abort: () => void): void {
    const waiting: LockState = { is: "waiting", abort };
    this.#state = waiting;
    let held: LockState | undefined;
    const granted = () => {
      // The claim was aborted or released before the lock arrived.
      if (this.#state !== waiting) return undefined;
      const { promise, resolve } = Promise.withResolvers<void>();
      held = { is: "held", release: resolve };
      this.#state = held;
      this.#listener.acquired();
      return promise;
    };
    this.#deps.locks.request(this.#name, options, granted).catch((error: unknown) => {
      // The browser rejects so when the lock was stolen or aborted, or is denied to this page.
      if (!(error instanceof DOMException)) throw error;
      if (this.#state === held) this.#stolen();
      else if (this.#state === waiting) this.holdWithoutLock();
    });
  }

  #stolen(): void {
    this.wait();
    this.#listener.lost();
  }
}
