import { useContext } from "react";
import { dayTitle, fullDate } from "../../room/day.ts";
import { lazyComponent } from "../../ui/lazy.tsx";
import { useNow } from "../../ui/use-page.ts";
import { DrawWhole } from "../formatting/use-drawing.ts";
import { LineToCome } from "../settings/lazy-settings.tsx";
import { unreachable } from "@parley/protocol";
import { usePartner, useRoom, useRoomActions } from "../../room/use-room.ts";
import { Button } from "../../ui/button.tsx";

/** How often a separator checks whether the day changed. */
const MINUTE_MS = 60_000;

/** Opens the choice of a date beside what was pressed; proposes the day of `at` (ms since 1970). */
export type AskForDay = (at: number, pressed: HTMLElement) => void;

/** A day begins. Opens the choice of a date. */
export function DayLine({ at, onAsk }: { at: number; onAsk: AskForDay }) {
  const now = useNow(MINUTE_MS);
  const isPrinted = useContext(DrawWhole);
  return (
    <div className="column flex items-center gap-3 pt-6 pb-1 text-xs font-semibold text-ink-faint">
      <span className="h-px grow bg-line" />
      <h2>
        <button
          type="button"
          aria-haspopup="dialog"
          title="Jump to a date"
          onClick={({ currentTarget }) => onAsk(at, currentTarget)}
          className="relative -my-1 rounded-sm px-2 py-1 before:absolute before:inset-x-0 before:-top-5 before:bottom-0 hover:text-ink"
        >
          {isPrinted ? fullDate(at) : dayTitle(at, now)}
        </button>
      </h2>
      <span className="h-px grow bg-line" />
    </div>
  );
}

/** The separator before the first unread message. */
export function NewLine() {
  return (
    <div className="column flex items-center gap-3 pt-4 text-xs font-bold">
      <span className="h-0.5 grow rounded-full bg-signal" />
      <span className="rounded-full rounded-ee-tip bg-signal px-2.5 py-0.5 text-on-signal">
        New
      </span>
    </div>
  );
}

/** Loaded once there is a note: none is there when a room opens. */
export const LazyNoteLine = lazyComponent(
  async () => (await import("./note-line.tsx")).NoteLine,
  LineToCome,
  LineToCome,
);

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
