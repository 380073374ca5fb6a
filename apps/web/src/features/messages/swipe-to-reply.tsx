import { type RefObject, useEffect, useEffectEvent } from "react";
import { useRoomNow } from "../../room/use-room.ts";
import { type ActionTarget, actionTargetOf, useMessageActions } from "./message-actions.ts";
import { listenForSwipe } from "./swipe.ts";

/** Replies to a message that is swiped by a finger. */
export function SwipeToReply({ frame }: { frame: RefObject<HTMLElement | null> }) {
  const roomNow = useRoomNow();
  const { reply } = useMessageActions();
  const sent = (target: ActionTarget | undefined) =>
    target?.is === "sent" ? target.message : undefined;
  const canSwipe = useEffectEvent(
    (row: string) => sent(actionTargetOf(roomNow(), row)) !== undefined,
  );
  const swiped = useEffectEvent((row: string) => {
    const message = sent(actionTargetOf(roomNow(), row));
    if (message) reply(message);
  });
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const ended = new AbortController();
    listenForSwipe(element, ended.signal, { canSwipe, swiped });
    return () => ended.abort();
  }, [frame]);
  return null;
}
