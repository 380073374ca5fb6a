import type { Cancel } from "./clock.ts";

/** Tells the tabs of a browser of each other's changes to an outbox. */
export interface OutboxNews {
  /** What is kept for this room has changed; the teller itself is not told. */
  tell(roomId: string): void;
  hear(roomId: string, changed: () => void): Cancel;
}

/** News over a BroadcastChannel of this name; silence where there is none, or it is denied. */
export function broadcastNews(name: string): OutboxNews {
  const channel = openChannel(name);
  return {
    tell: (roomId) => channel?.postMessage(roomId),
    hear(roomId, changed) {
      const hear = ({ data }: MessageEvent<unknown>) => {
        if (data === roomId) changed();
      };
      channel?.addEventListener("message", hear);
      return () => channel?.removeEventListener("message", hear);
    },
  };
}

function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}
