import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { indexOfSeq } from "../../room/revise.ts";
import { usePartner, useRoom, useRoomActions, useRoomNow } from "../../room/use-room.ts";
import { onNavigated, seqOfHash } from "../../ui/route.ts";
import { rowElement } from "../messages/row-elements.ts";
import type { Item } from "./items.ts";
import { JumpStatus } from "./jump-status.tsx";
import type { MessageListHandle } from "./message-list.tsx";

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
