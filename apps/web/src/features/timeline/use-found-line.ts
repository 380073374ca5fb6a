import { useEffect, useEffectEvent, type RefObject } from "react";
import { useRoom } from "../../room/room-context.ts";
import type { Item } from "./items.ts";
import type { MessageListHandle } from "./message-list.tsx";
import { lineOf } from "../messages/row-elements.ts";

/** Scrolls to a message that was found, and gives it the focus. */
export function useFoundLine(
  frame: RefObject<HTMLElement | null>,
  list: RefObject<MessageListHandle | null>,
  items: readonly Item[],
): void {
  const sought = useRoom((state) => state.sought);
  const scrollTo = useEffectEvent((seq: number): string | undefined => {
    const place = items.findIndex((item) => item.kind === "message" && item.message.seq === seq);
    if (place !== -1) list.current?.toItem(place);
    return items[place]?.key;
  });
  useEffect(() => {
    const row = sought.is === "found" ? scrollTo(sought.seq) : undefined;
    if (row === undefined) return undefined;
    let waiting: number | undefined;
    const takeFocus = () => {
      const line = frame.current && lineOf(frame.current, row);
      line?.focus({ preventScroll: true });
      // A line that was just drawn is hidden until it has been measured.
      const isDone = line !== undefined && document.activeElement === line;
      waiting = isDone ? undefined : requestAnimationFrame(takeFocus);
    };
    takeFocus();
    return () => {
      if (waiting !== undefined) cancelAnimationFrame(waiting);
    };
  }, [sought, frame]);
}
