import { systemClock } from "@parley/client";
import { useRoom } from "../../room/room-context.ts";
import { useNow } from "../../ui/use-now.ts";
import { bannerOf, isHeldUp, type Banner } from "./banner.ts";

/** How often the countdown is brought up to date, in ms. */
const TICK_MS = 250;

/** The clock by which the client says when it dropped and when it tries again. */
const clientTime = () => systemClock.now();

/** What is said about the connection now. The clock stands still while there is nothing to count. */
export function useBanner(): Banner {
  const status = useRoom((state) => state.status);
  const statusAt = useRoom((state) => state.statusAt);
  const caughtUp = useRoom((state) => state.caughtUp);
  const isStoring = useRoom(({ outgoing }) => !isHeldUp(outgoing));
  const counts = status.is !== "joined" || (caughtUp && caughtUp.at >= statusAt);
  const now = useNow(counts ? TICK_MS : undefined, clientTime);
  return bannerOf({ status, statusAt, caughtUp }, isStoring, now);
}
