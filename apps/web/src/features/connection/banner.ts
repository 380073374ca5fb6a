import { CloseCode, unreachable } from "@parley/protocol";
import { useRoom } from "../../room/use-room.ts";
import type { Gap } from "../../room/gap.ts";
import type { CatchUp } from "../../room/connection-slice.ts";
import type { RoomView } from "../../room/reduce.ts";
import { isAway, QUIET_MS, useConnectionClock } from "./away.ts";

/** What the banner says about the connection, if anything. */
export type Banner =
  | { readonly is: "none" }
  | { readonly is: "connecting" }
  /** `inSeconds`: until the next attempt; missing during an attempt. */
  | { readonly is: "reconnecting"; readonly inSeconds?: number }
  | { readonly is: "caught-up"; readonly fresh: number }
  /** Connected, but messages are refused for now, because the server cannot store them. */
  | { readonly is: "not-storing" }
  /** Connected again, but some entries are missing. */
  | { readonly is: "cut"; readonly fresh: number; readonly gap: Gap }
  /** It will not reconnect by itself. */
  | { readonly is: "over"; readonly why: string };

/** A first connection that takes longer than this is shown, in ms. */
const SLOW_MS = 2_000;
/** How long the return is shown, in ms; and how long if entries are missing. */
const CAUGHT_UP_MS = 5_000;
const CUT_MS = 20_000;

/**
 * What to say about the connection.
 * @param isStoring whether what is written here is stored; see isHeldUp
 * @param now ms since 1970
 */
export function bannerOf(
  { status, statusAt, caughtUp }: Pick<RoomView, "status" | "statusAt" | "caughtUp">,
  isStoring: boolean,
  now: number,
): Banner {
  switch (status.is) {
    case "connecting":
      return now - statusAt >= SLOW_MS ? { is: "connecting" } : { is: "none" };
    case "joined":
      if (!isStoring) return { is: "not-storing" };
      return caughtUp ? bannerOfReturn(caughtUp, now) : { is: "none" };
    case "waiting":
      if (!isAway(status, now)) return { is: "none" };
      return {
        is: "reconnecting",
        inSeconds: Math.max(1, Math.ceil((status.retryAt - now) / 1000)),
      };
    case "reconnecting":
      return isAway(status, now) ? { is: "reconnecting" } : { is: "none" };
    case "refused":
      return { is: "over", why: status.refusal.message };
    case "closed":
      return { is: "over", why: whyClosed(status.code) };
    default:
      return unreachable(status);
  }
}

/** Whether pending messages wait because the server cannot store them. */
export function isHeldUp(outgoing: RoomView["outgoing"]): boolean {
  return outgoing.some(
    ({ state }) =>
      state.is !== "failed" &&
      (state.refusal?.code === "unavailable" || state.refusal?.code === "storage_full"),
  );
}

function bannerOfReturn({ at, after, fresh, gap }: CatchUp, now: number): Banner {
  if (gap) return now - at < CUT_MS ? { is: "cut", fresh, gap } : { is: "none" };
  return after >= QUIET_MS && now - at < CAUGHT_UP_MS ? { is: "caught-up", fresh } : { is: "none" };
}

function whyClosed(code: number): string {
  switch (code) {
    case CloseCode.left:
      return "You left this room.";
    case CloseCode.replaced:
      return "You are in this room elsewhere.";
    case CloseCode.notOurProtocol:
      return "The server speaks another version. Reload the page.";
    default:
      return "The connection has ended.";
  }
}

/** What the banner says now. Renders again by time only during a countdown. */
export function useBanner(): Banner {
  const status = useRoom((state) => state.status);
  const statusAt = useRoom((state) => state.statusAt);
  const caughtUp = useRoom((state) => state.caughtUp);
  const isStoring = useRoom(({ outgoing }) => !isHeldUp(outgoing));
  const counts = status.is !== "joined" || (caughtUp && caughtUp.at >= statusAt);
  const now = useConnectionClock(Boolean(counts));
  return bannerOf({ status, statusAt, caughtUp }, isStoring, now);
}
