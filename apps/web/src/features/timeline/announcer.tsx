import { useState } from "react";
import { useRoomNow } from "../../room/use-room.ts";
import { lazyComponent, onceShown } from "../../ui/lazy.tsx";

/** Loaded after the room is shown; messages that come meanwhile are announced then. */
const LazyLiveRegion = lazyComponent<{ after: number }>(
  onceShown(async () => (await import("./live-region.tsx")).LiveRegion),
);

/**
 * Announces new messages to screen readers; apart from the list, whose rows are mounted and
 * unmounted while scrolling.
 */
export function Announcer() {
  const roomNow = useRoomNow();
  const [after] = useState(() => roomNow().head);
  return <LazyLiveRegion after={after} />;
}
