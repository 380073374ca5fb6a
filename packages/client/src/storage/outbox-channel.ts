import type { Cancel } from "../clock.ts";

/** Notifies the tabs of a browser of each other's changes to an outbox. */
export interface OutboxChannel {
  /** The outbox of this room changed. The calling tab is not notified. */
  post(roomId: string): void;
  /** Calls back when another tab changed the outbox of this room. */
  watch(roomId: string, changed: () => void): Cancel;
}

/** A channel over a BroadcastChannel of this name; does nothing if the browser denies it. */
export function broadcastOutboxChannel(name: string): OutboxChannel {
  const channel = openChannel(name);
  return {
    post: (roomId) => channel?.postMessage(roomId),
    watch(roomId, changed) {
      const hear = ({ data }: MessageEvent<unknown>) => {
        if (data === roomId) changed();
      };
      channel?.addEventListener("message", hear);
      return () => channel?.removeEventListener("message", hear);
    },
  };
}

function openChannel(name: string): BroadcastChannel | undefined {
  if (typeof BroadcastChannel === "undefined") return undefined;
  try {
    return new BroadcastChannel(name);
  } catch (error) {
    // An opaque origin or a blocked third party: tabs are not notified.
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
