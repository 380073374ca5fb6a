import { useEffect, useEffectEvent, useRef } from "react";
import { useRoom, useRoomActions, useRoomNow } from "../../room/room-context.ts";
import { indexOfSeq } from "../../room/revise.ts";
import { seqOfHash } from "../../route.ts";

/** Goes to the message that the page's address names, once it can be had; and to the next one. */
export function useLinkedMessage(): void {
  const roomNow = useRoomNow();
  const { seek } = useRoomActions();
  const isOpen = useRoom(({ older }) => older.is !== "unknown");
  const isJoined = useRoom(({ status }) => status.is === "joined");

  /** @returns whether there is nothing left to follow */
  const follow = useEffectEvent((): boolean => {
    const seq = seqOfHash(window.location.hash);
    if (seq === undefined) return true;
    const isShown = indexOfSeq(roomNow().messages, seq) !== undefined;
    // A room that is recalled and away shows what it has; the rest waits for the connection.
    if (!isShown && !isJoined) return false;
    seek(seq);
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
