import { unreachable } from "@parley/protocol";
import { IconAlertCircle, IconCheck, IconPlugConnectedX } from "@tabler/icons-react";
import { useRoomActions } from "../../room/use-room.ts";
import type { Gap } from "../../room/gap.ts";
import { Button } from "../../ui/button.tsx";
import { type Banner, useBanner } from "./banner.ts";

/** Shows a lost connection and its return, above the messages. */
export function ConnectionBanner({ onAgain }: { onAgain: () => void }) {
  const banner = useBanner();
  const { reconnect } = useRoomActions();
  const alarming = banner.is !== "none" && banner.is !== "caught-up";
  return (
    <div
      className={
        banner.is === "none"
          ? ""
          : `animate-appear border-b border-line text-sm ${alarming ? "bg-caution-soft text-caution" : "bg-surface text-ink-soft"}`
      }
    >
      <div
        className={
          banner.is === "none"
            ? ""
            : "mx-auto flex min-h-10 w-full max-w-3xl flex-wrap items-center gap-x-3 px-4 py-0.5 sm:px-7"
        }
      >
        <div role="status" aria-label="Connection" className="flex items-center gap-2">
          <BannerText banner={banner} />
        </div>
        {banner.is === "reconnecting" && (
          <Button look="quiet" size="sm" className="ms-auto text-inherit" onClick={reconnect}>
            Retry now
          </Button>
        )}
        {banner.is === "over" && (
          <Button look="quiet" size="sm" className="ms-auto text-inherit" onClick={onAgain}>
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
      return <p>Connecting…</p>;
    case "reconnecting":
      return (
        <>
          <IconPlugConnectedX aria-hidden="true" size={18} stroke={1.8} className="shrink-0" />
          <p>
            <span className="font-semibold">Reconnecting</span>
            {/* A screen reader that read out every second would say nothing else. */}
            <span aria-hidden="true" className="tabular-nums">
              {banner.inSeconds === undefined ? "…" : ` in ${banner.inSeconds} s`}
            </span>
          </p>
        </>
      );
    case "caught-up":
      return (
        <>
          <IconCheck aria-hidden="true" size={18} stroke={2} className="shrink-0 text-good" />
          <p>Caught up: {banner.fresh} new, 0 missed</p>
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

/** `gone` counts entries, not messages: edits and reactions have a `seq`, too. */
function cutSentence(fresh: number, { why, gone }: Gap): string {
  if (why === "reset") return "This room's past changed on the server.";
  const missed = gone === undefined ? "some" : gone === 1 ? "1" : `up to ${gone}`;
  return `Caught up: ${fresh} new, ${missed} missed. They are no longer kept.`;
}
