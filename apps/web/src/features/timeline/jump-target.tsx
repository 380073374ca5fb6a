import { unreachable } from "@parley/protocol";
import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { IconX } from "@tabler/icons-react";
import { indexOfSeq } from "../../room/revise.ts";
import { useRoom, useRoomActions, useRoomNow } from "../../room/use-room.ts";
import type { JumpTarget } from "../../room/timeline-slice.ts";
import { seqOfHash } from "../../ui/route.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { rowElement } from "../messages/row-elements.ts";
import type { Item } from "./items.ts";
import type { MessageListHandle } from "./message-list.tsx";

/** What becomes of looking for a message, until it is found. */
export function JumpStatus() {
  const jumpTarget = useRoom((state) => state.jumpTarget);
  const said = sentence(jumpTarget);
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
            jumpTarget.is === "looking" ? "animate-late" : "animate-appear",
          )}
        >
          <p>{said}</p>
          <JumpButtons jumpTarget={jumpTarget} />
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
      <IconButton label="Dismiss" className="size-8!" onClick={endSearch}>
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

/** Goes to the message that the page's address names, once it can be had; and to the next one. */
export function useLinkedMessage(): void {
  const roomNow = useRoomNow();
  const { jumpTo } = useRoomActions();
  const isOpen = useRoom(({ older }) => older.is !== "unknown");
  const isJoined = useRoom(({ status }) => status.is === "joined");

  /** @returns whether there is nothing left to follow */
  const follow = useEffectEvent((): boolean => {
    const seq = seqOfHash(window.location.hash);
    if (seq === undefined) return true;
    const isShown = indexOfSeq(roomNow().messages, seq) !== undefined;
    // A room that is recalled and away shows what it has; the rest waits for the connection.
    if (!isShown && !isJoined) return false;
    jumpTo(seq);
    return true;
  });
  useEffect(() => {
    const changed = () => void follow();
    window.addEventListener("hashchange", changed);
    return () => window.removeEventListener("hashchange", changed);
  }, []);
  const isFollowed = useRef(false);
  useEffect(() => {
    if (isOpen && !isFollowed.current) isFollowed.current = follow();
  }, [isOpen, isJoined]);
}

/** Scrolls to a message that was found, and gives it the focus. */
export function useFoundRow(
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
      // A line that was just drawn is hidden until it has been measured.
      const isDone = line !== undefined && document.activeElement === line;
      waiting = isDone ? undefined : requestAnimationFrame(takeFocus);
    };
    takeFocus();
    return () => {
      if (waiting !== undefined) cancelAnimationFrame(waiting);
    };
  }, [jumpTarget, frame]);
}
