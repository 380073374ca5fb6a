/** Gets notified about the lock; never during the claim, but soon after it. */
export interface SendLockListener {
  /** This tab holds the lock. */
  acquired(): void;
  /** Another tab took it. */
  lost(): void;
}

/** A place in the queue for the lock. */
export interface SendLockClaim {
  /** An entry of this tab could be sent now: takes the lock if this tab is visible. */
  request(): void;
  /** Releases the lock, or leaves the queue. The listener is not called any more. */
  release(): void;
}

/**
 * Decides which of a browser's tabs sends the entries in a room's outbox. It only avoids sending
 * twice: if two tabs believe that they hold it, the server still stores each id once (SPEC D2), and
 * each tab keeps to the order of the outbox.
 */
export type SendLock = (roomId: string, listener: SendLockListener) => SendLockClaim;

/** Every client holds it: for programs without tabs, or tabs that have no way to agree. */
export const noSendLock: SendLock = (_roomId, listener) => {
  let isReleased = false;
  void Promise.resolve().then(() => {
    if (!isReleased) listener.acquired();
  });
  return {
    request: () => undefined,
    release() {
      isReleased = true;
    },
  };
};
