import { unreachable } from "@parley/protocol";
import { IconX } from "@tabler/icons-react";
import { useRoom, useRoomActions } from "../../room/use-room.ts";
import type { JumpTarget } from "../../room/timeline-slice.ts";
import { Button, IconButton } from "../../ui/button.tsx";

/** The progress of a jump, until the message is found. It stands above the list and covers none of it. */
export function JumpStatus() {
  const jumpTarget = useRoom((state) => state.jumpTarget);
  const said = sentence(jumpTarget);
  return (
    <div role="status" className="shrink-0">
      {said !== undefined && (
        <div
          // Most jumps end before anybody could read this.
          className={
            jumpTarget.is === "looking" ? "animate-late-line overflow-clip" : "animate-appear"
          }
        >
          <div className="border-b border-line bg-surface text-sm">
            <div className="mx-auto flex min-h-10 w-full max-w-3xl items-center gap-1 px-4 sm:px-7">
              <p className="me-auto">{said}</p>
              <JumpButtons jumpTarget={jumpTarget} />
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

function JumpButtons({ jumpTarget }: { jumpTarget: JumpTarget }) {
  const { jumpTo } = useRoomActions();
  const endSearch = useRoom((state) => state.endJump);
  return (
    <>
      {jumpTarget.is === "failed" && (
        <Button look="quiet" size="sm" onClick={() => jumpTo(jumpTarget.seq)}>
          Try again
        </Button>
      )}
      <IconButton label="Dismiss" className="size-8! touch:size-11!" onClick={endSearch}>
        <IconX aria-hidden="true" size={16} stroke={1.8} />
      </IconButton>
    </>
  );
}

function sentence(jumpTarget: JumpTarget): string | undefined {
  switch (jumpTarget.is) {
    case "nothing":
    case "found":
      return undefined;
    case "looking":
      return "Looking for the message…";
    case "gone":
      return "That message is no longer kept here.";
    case "missing":
      return "No message in this room has that number.";
    case "failed":
      return "The message could not be fetched.";
    default:
      return unreachable(jumpTarget);
  }
}
