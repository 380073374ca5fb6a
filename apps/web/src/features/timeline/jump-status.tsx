import { IconX } from "@tabler/icons-react";
import { unreachable } from "@parley/protocol";
import { useRoom, useRoomActions } from "../../room/room-context.ts";
import type { Sought } from "../../room/view.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { IconButton } from "../../ui/icon-button.tsx";

/** What becomes of looking for a message, until it is found. */
export function SoughtLine() {
  const sought = useRoom((state) => state.sought);
  const said = sentence(sought);
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-3 top-3 z-10 flex justify-center"
    >
      {said !== undefined && (
        <div
          className={classNames(
            "pointer-events-auto flex min-h-10 items-center gap-1 rounded-md bg-raised py-1 pr-1 pl-4",
            "text-sm shadow-high ring-1 ring-line",
            // Most are found before anybody could read this.
            sought.is === "looking" ? "animate-late" : "animate-appear",
          )}
        >
          <p>{said}</p>
          <SoughtButtons sought={sought} />
        </div>
      )}
    </div>
  );
}

function SoughtButtons({ sought }: { sought: Sought }) {
  const { seek } = useRoomActions();
  const endSearch = useRoom((state) => state.endSearch);
  return (
    <>
      {sought.is === "failed" && (
        <Button look="quiet" size="sm" onClick={() => seek(sought.seq)}>
          Try again
        </Button>
      )}
      <IconButton label="Dismiss" className="size-8!" onClick={endSearch}>
        <IconX aria-hidden="true" size={16} stroke={1.8} />
      </IconButton>
    </>
  );
}

function sentence(sought: Sought): string | undefined {
  switch (sought.is) {
    case "nothing":
    case "found":
      return undefined;
    case "looking":
      return "Looking for the message…";
    case "gone":
      return "That message is no longer kept here.";
    case "failed":
      return "The message could not be fetched.";
    default:
      return unreachable(sought);
  }
}
