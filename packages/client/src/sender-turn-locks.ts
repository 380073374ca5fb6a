import type { SenderTurn, TurnListener } from "./sender-turn.ts";

/** What of the platform the turn needs. */
export interface TurnSurroundings {
  readonly locks: Pick<LockManager, "request">;
  /** Whether this tab is the one that is looked at. */
  readonly isVisible: () => boolean;
  /** Whether tabs really share an outbox: where they do not, each can only send its own. */
  readonly isShared: () => Promise<boolean>;
}

type Turn =
  | { readonly is: "asking" }
  | { readonly is: "waiting"; readonly callOff: () => void }
  | { readonly is: "ours"; readonly release: () => void }
  | { readonly is: "over" };

/**
 * The turn is a Web Lock: it passes on by itself when a tab goes away. A tab that is looked at
 * takes it from one that may be suspended.
 */
export function lockedTurn(around: TurnSurroundings): SenderTurn {
  return (roomId, listener) => {
    const claim = new LockClaim(`parley-outbox:${roomId}`, listener, around);
    void around.isShared().then(
      (isShared) => (isShared ? claim.wait() : claim.sendAnyway()),
      () => claim.sendAnyway(),
    );
    return claim;
  };
}

class LockClaim {
  readonly #name: string;
  readonly #listener: TurnListener;
  readonly #around: TurnSurroundings;
  #turn: Turn = { is: "asking" };

  constructor(name: string, listener: TurnListener, around: TurnSurroundings) {
    this.#name = name;
    this.#listener = listener;
    this.#around = around;
  }

  press(): void {
    if (this.#turn.is !== "waiting" || !this.#around.isVisible()) return;
    this.#turn.callOff();
    this.#request({ steal: true }, () => undefined);
  }

  end(): void {
    const turn = this.#turn;
    this.#turn = { is: "over" };
    if (turn.is === "waiting") turn.callOff();
    if (turn.is === "ours") turn.release();
  }

  /** Gets in line behind the other tabs. */
  wait(): void {
    if (this.#turn.is === "over") return;
    const abort = new AbortController();
    this.#request({ signal: abort.signal }, () => abort.abort());
  }

  /** There is no way to take turns. */
  sendAnyway(): void {
    if (this.#turn.is === "over") return;
    this.#turn = { is: "ours", release: () => undefined };
    this.#listener.ours();
  }

  #request(options: LockOptions, callOff: () => void): void {
    const waiting: Turn = { is: "waiting", callOff };
    this.#turn = waiting;
    let held: Turn | undefined;
    const granted = () => {
      // It was called off, or ended, while the lock was on its way.
      if (this.#turn !== waiting) return undefined;
      const { promise, resolve } = Promise.withResolvers<void>();
      held = { is: "ours", release: resolve };
      this.#turn = held;
      this.#listener.ours();
      return promise;
    };
    this.#around.locks.request(this.#name, options, granted).catch(() => {
      if (this.#turn === held) this.#stolen();
      else if (this.#turn === waiting) this.sendAnyway();
    });
  }

  #stolen(): void {
    this.wait();
    this.#listener.theirs();
  }
}
