import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { indexOfSeq } from "../../room/revise.ts";
import { usePartner, useRoom, useRoomActions, useRoomNow } from "../../room/use-room.ts";
import { onNavigated, seqOfHash } from "../../ui/route.ts";
import { rowElement } from "../messages/row-elements.ts";
import type { Item } from "./items.ts";
import type { MessageListHandle } from "./message-list.tsx";
import { unreachable } from "@parley/protocol";
import { IconX } from "@tabler/icons-react";
import type { JumpTarget } from "../../room/timeline-slice.ts";
import { Button, IconButton } from "../../ui/button.tsx";

/** Jumps to the message of the page's address, and to those that are asked for; shows the progress. */
export function Jumps({
  frame,
  list,
  items,
}: {
  /** The element around the list. */
  frame: RefObject<HTMLElement | null>;
  list: RefObject<MessageListHandle | null>;
  items: readonly Item[];
}) {
  useLinkedMessage();
  useFoundRow(frame, list, items);
  return <JumpStatus />;
}

/**
 * Jumps to the message in the page's address once it can be loaded; also when the address changes.
 */
function useLinkedMessage(): void {
  // An address names a message of the room.
  const isPrivate = usePartner() !== undefined;
  const roomNow = useRoomNow();
  const { jumpTo } = useRoomActions();
  const isOpen = useRoom(({ older }) => older.is !== "unknown");
  const isJoined = useRoom(({ status }) => status.is === "joined");

  /** @returns whether there is nothing left to do */
  const follow = useEffectEvent((): boolean => {
    const seq = isPrivate ? undefined : seqOfHash(window.location.hash);
    if (seq === undefined) return true;
    const isShown = indexOfSeq(roomNow().messages, seq) !== undefined;
    // A cached room that is offline shows what it has; the rest waits for the connection.
    if (!isShown && !isJoined) return false;
    jumpTo(seq);
    return true;
  });
  useEffect(() => {
    const { pathname } = window.location;
    const changed = () => {
      // An address of another room is none of this one's.
      if (window.location.pathname === pathname) follow();
    };
    window.addEventListener("hashchange", changed);
    const stop = onNavigated(changed);
    return () => {
      window.removeEventListener("hashchange", changed);
      stop();
    };
  }, []);
  const isFollowed = useRef(false);
  useEffect(() => {
    if (isOpen && !isFollowed.current) isFollowed.current = follow();
  }, [isOpen, isJoined]);
}

/** Scrolls to a message that was found, and focuses it. */
function useFoundRow(
  frame: RefObject<HTMLElement | null>,
  list: RefObject<MessageListHandle | null>,
  items: readonly Item[],
): void {
  const jumpTarget = useRoom((state) => state.jumpTarget);
  const scrollTo = useEffectEvent((seq: number): string | undefined => {
    const place = items.findIndex((item) => item.kind === "message" && item.message.seq === seq);
    if (place !== -1) list.current?.toItem(place);
    return items[place]?.key;
  });
  useEffect(() => {
    const row = jumpTarget.is === "found" ? scrollTo(jumpTarget.seq) : undefined;
    if (row === undefined) return undefined;
    let waiting: number | undefined;
    const takeFocus = () => {
      const line = frame.current && rowElement(frame.current, row);
      line?.focus({ preventScroll: true });
      // A row that was just drawn is hidden until it is measured.
      const isDone = line !== undefined && document.activeElement === line;
      waiting = isDone ? undefined : requestAnimationFrame(takeFocus);
    };
    takeFocus();
    return () => {
      if (waiting !== undefined) cancelAnimationFrame(waiting);
    };
  }, [jumpTarget, frame]);
}

/** The progress of a jump, until the message is found. It stands above the list and covers none of it. */
function JumpStatus() {
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
