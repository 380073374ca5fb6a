import { roomLink } from "../../route.ts";

/** Whether this device can hand a link to another app. */
export function canShare(): boolean {
  return typeof navigator.share === "function";
}

/** Offers a room's link to the apps of the device. */
export function share(roomId: string): void {
  navigator
    .share({ title: `Room ${roomId} · Parley`, url: roomLink(roomId) })
    // Whoever closes the sheet has changed their mind; there is nothing to tell.
    .catch(() => undefined);
}
