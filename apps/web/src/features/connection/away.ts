import { systemClock, type Status } from "@parley/client";
import { unreachable } from "@parley/protocol";
import { useRoom } from "../../room/use-room.ts";
import { useNow } from "../../ui/use-page.ts";

/** A drop shorter than this is not shown, in ms. */
export const QUIET_MS = 2_000;

/**
 * Whether a connection is lost for so long that it is shown, or for good.
 * @param now ms since 1970
 */
export function isAway(status: Status, now: number): boolean {
  switch (status.is) {
    case "connecting":
    case "joined":
      return false;
    case "waiting":
    case "reconnecting":
      return now - status.since >= QUIET_MS;
    case "refused":
    case "closed":
      return true;
    default:
      return unreachable(status);
  }
}

/** Whether messages are not sent at once. */
export function useAway(): boolean {
  const status = useRoom((state) => state.status);
  const wasJoined = useRoom((state) => state.wasJoined);
  const now = useConnectionClock(status.is !== "joined");
  return !wasJoined || isAway(status, now);
}

/** How often the countdown is updated, in ms. */
const TICK_MS = 250;

/** The client's clock, which gave the times of the drop and of the next attempt. */
const clientTime = () => systemClock.now();

/** The time of the client's clock (ms since 1970), updated regularly while it counts. */
export function useConnectionClock(counts: boolean): number {
  return useNow(counts ? TICK_MS : undefined, clientTime);
}
