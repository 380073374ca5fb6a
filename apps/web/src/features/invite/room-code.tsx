import { Flag } from "../../ui/flag.tsx";
import { flagOf } from "../../ui/flag-pattern.ts";
import { useRoomId } from "../../room/room-context.ts";
import { ConnectionDot } from "../connection/connection-dot.tsx";
import { useCopy } from "../../ui/use-copy.ts";

/** The room's flag and code; a click copies the code. */
export function RoomCode() {
  const roomId = useRoomId();
  const { copied, copy } = useCopy(roomId);
  return (
    <>
      <h1 className="sr-only">Room {roomId}</h1>
      <div className="relative flex min-w-0">
        <button
          type="button"
          aria-label={`Copy room code ${roomId}`}
          data-tip={copied ? "Copied" : "Copy the code"}
          onClick={copy}
          className="tip tip-start flex min-w-0 items-center gap-2.5 rounded-md py-1 pr-2 pl-1 transition-colors hover:bg-hover"
        >
          <Flag design={flagOf(roomId)} className="size-8 shrink-0" />
          <span className="min-w-0 truncate font-mono font-semibold max-sm:text-sm">{roomId}</span>
        </button>
        <ConnectionDot className="absolute bottom-0.5 left-7" />
      </div>
      <span aria-live="polite" className="sr-only">
        {copied && "The code is copied."}
      </span>
    </>
  );
}
