import { useRoom } from "../../room/room-context.ts";
import { classNames } from "../../ui/class-names.ts";
import { useBanner } from "./use-banner.ts";

/** A dot at the room's flag: whether what is written now goes out now. */
export function ConnectionDot({ className }: { className: string }) {
  // While a known room is opened, people are known from an earlier visit.
  const joined = useRoom(
    ({ status, people }) =>
      status.is === "joined" || (status.is !== "connecting" && people !== undefined),
  );
  const banner = useBanner();
  const away = !joined || banner.is === "reconnecting" || banner.is === "over";
  const title = away ? "Not connected" : "Connected";
  return (
    <span
      role="img"
      aria-label={title}
      title={title}
      className={classNames(
        "size-3 rounded-full border-2 transition-colors",
        away ? "border-caution bg-surface" : "border-surface bg-good",
        className,
      )}
    />
  );
}
