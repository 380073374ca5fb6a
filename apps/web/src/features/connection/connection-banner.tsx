import { isMessage, unreachable } from "@parley/protocol";
import { IconAlertCircle, IconCheck, IconPlugConnectedX } from "@tabler/icons-react";
import { useRoom, useRoomActions } from "../../room/use-room.ts";
import type { Gap } from "../../room/gap.ts";
import { Button } from "../../ui/button.tsx";
import { type Banner, useBanner } from "./banner.ts";

/** Shows a lost connection and its return, above the messages. */
export function ConnectionBanner({ onAgain }: { onAgain: () => void }) {
  const banner = useBanner();
  const { reconnect } = useRoomActions();
  const isAlarming = banner.is !== "none" && banner.is !== "caught-up";
  // That nothing was missed is only read out.
  const isShown = isAlarming || (banner.is === "caught-up" && banner.fresh > 0);
  return (
    <div
      className={
        isShown
          ? `animate-appear border-b border-line text-sm ${isAlarming ? "bg-caution-soft text-caution" : "bg-surface text-ink-soft"}`
          : ""
      }
    >
      <div
        className={
          isShown
            ? "mx-auto flex min-h-10 w-full max-w-3xl items-center gap-x-3 px-4 py-0.5 max-sm:py-1.5 sm:px-7"
            : "sr-only"
        }
      >
        <div role="status" aria-label="Connection" className="flex min-w-0 items-center gap-2">
          <BannerText banner={banner} />
        </div>
        {banner.is === "reconnecting" && (
          <Button
            look="quiet"
            size="sm"
            className="ms-auto shrink-0 text-inherit"
            onClick={reconnect}
          >
            Retry now
          </Button>
        )}
        {banner.is === "over" && (
          <Button
            look="quiet"
            size="sm"
            className="ms-auto shrink-0 text-inherit"
            onClick={onAgain}
          >
            Join again
          </Button>
        )}
      </div>
    </div>
  );
}

function BannerText({ banner }: { banner: Banner }) {
  switch (banner.is) {
    case "none":
      return null;
    case "connecting":
      return <p>Still connecting to the server…</p>;
    case "reconnecting":
      return (
        <>
          <IconPlugConnectedX aria-hidden="true" size={18} stroke={1.8} className="shrink-0" />
          <p>
            <span className="font-semibold">
              {navigator.onLine ? "Reconnecting" : "You are offline"}
            </span>
            {/* A screen reader that read out every second would say nothing else. */}
            <span aria-hidden="true" className="tabular-nums">
              {navigator.onLine && banner.inSeconds !== undefined && ` in ${banner.inSeconds} s`}
            </span>
            <Waiting />
          </p>
        </>
      );
    case "caught-up":
      return (
        <>
          <IconCheck aria-hidden="true" size={18} stroke={2} className="shrink-0 text-good" />
          <p>
            Back online.
            {banner.fresh > 0 && ` ${inMessages(banner.fresh, "new message")}.`}
          </p>
        </>
      );
    case "cut":
      return (
        <>
          <IconAlertCircle aria-hidden="true" size={18} stroke={1.8} className="shrink-0" />
          <p>{cutSentence(banner.fresh, banner.gap)}</p>
        </>
      );
    case "not-storing":
      return <p>This server cannot store messages at the moment.</p>;
    case "over":
      return <p>{banner.why}</p>;
    default:
      return unreachable(banner);
  }
}

/** How many messages are sent once the connection is back. */
function Waiting() {
  const waiting = useRoom(
    ({ outgoing }) =>
      outgoing.filter(({ frame, state }) => isMessage(frame) && state.is !== "failed").length,
  );
  if (waiting === 0) return ".";
  return `. ${inMessages(waiting, "message")} ${waiting === 1 ? "goes" : "go"} out when you are back.`;
}

/** `gone` counts entries, not messages: edits and reactions have a `seq`, too. */
function cutSentence(fresh: number, { why, gone }: Gap): string {
  if (why === "reset") return "This room's past changed on the server.";
  const missing = gone === undefined ? "Some" : gone === 1 ? "1" : `Up to ${gone}`;
  return `Back online. ${inMessages(fresh, "new message")}. ${missing} before ${fresh === 1 ? "it" : "them"} are no longer kept.`;
}

function inMessages(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
