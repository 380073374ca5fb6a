import { useRoom } from "../../room/room-context.ts";
import { classNames } from "../../ui/class-names.ts";
import { useBanner } from "./use-banner.ts";

/** A dot beside the room's code: whether what is written now goes out now. */
export function ConnectionDot() {
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
        "size-2 shrink-0 rounded-full transition-colors",
        away ? "bg-transparent ring-2 ring-edge ring-inset" : "bg-good",
      )}
    />
  );
}
