import { unreachable } from "@parley/protocol";
import { usePartner, useRoom, useRoomActions } from "../../room/use-room.ts";
import { Button } from "../../ui/button.tsx";

/** Shown above the first message. Always of the same height, so that nothing below it moves. */
export function HistoryStart() {
  return (
    <div className="column flex h-14 items-end justify-center gap-3 text-center text-sm text-balance text-ink-faint">
      <HistoryStartText />
    </div>
  );
}

/** What a private conversation says at its beginning (SPEC W7). */
const PRIVATE = "No other member sees this. Who runs the server can.";

function HistoryStartText() {
  const older = useRoom((state) => state.older);
  const { loadOlder } = useRoomActions();
  const partner = usePartner();
  switch (older.is) {
    case "unknown":
      return null;
    case "more":
      return (
        <Button look="quiet" size="sm" className="print:hidden" onClick={loadOlder}>
          Show earlier messages
        </Button>
      );
    case "loading":
      return <p className="animate-late">Fetching earlier messages…</p>;
    case "failed":
      return (
        <>
          <p>Earlier messages could not be fetched.</p>
          <Button look="quiet" size="sm" className="print:hidden" onClick={loadOlder}>
            Try again
          </Button>
        </>
      );
    case "beginning":
      return <p>{partner ? PRIVATE : "This is where the room begins."}</p>;
    case "trimmed":
      return <p>Earlier messages are no longer kept.</p>;
    default:
      return unreachable(older);
  }
}
