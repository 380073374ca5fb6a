import type { Cancel } from "./clock.ts";
import type { Input } from "./session/machine/input.ts";
import type { RoomOutbox } from "./storage/room-outbox.ts";
import type { SendLock } from "./storage/send-lock.ts";
import type { WakeUps } from "./wake-ups.ts";

/** What a session listens to until it is over. */
export interface SubscriptionDeps {
  readonly roomId: string;
  readonly outbox: RoomOutbox;
  readonly wakeUps: WakeUps;
  readonly sendLock: SendLock;
}

/** The subscriptions of a session to its page and to the other tabs of the browser. */
export interface Subscriptions {
  /** Asks for the send lock. */
  requestSendLock(): void;
  /** Ends all subscriptions and releases the send lock. */
  end: Cancel;
}

/**
 * Subscribes a session to wake-ups, to outbox changes of other tabs and to the send lock. Also
 * reads the outbox once.
 */
export function subscribeSession(
  { roomId, outbox, wakeUps, sendLock }: SubscriptionDeps,
  dispatch: (input: Input) => void,
): Subscriptions {
  const load = () => outbox.load((records) => dispatch({ type: "loaded", records }));
  const stopWaking = wakeUps(() => dispatch({ type: "wake" }));
  const stopWatching = outbox.watch(load);
  const claim = sendLock(roomId, {
    acquired: () => dispatch({ type: "sendLock", isHeld: true }),
    lost: () => dispatch({ type: "sendLock", isHeld: false }),
  });
  load();
  return {
    requestSendLock: () => claim.request(),
    end() {
      stopWaking();
      stopWatching();
      claim.release();
    },
  };
}
