import { useEffect } from "react";
import { useRoom, useRoomId } from "../../room/room-context.ts";
import { tabTitle, unreadIn } from "./unread.ts";

/** Keeps the browser's tab named after the room, with what is new in it. */
export function TabTitle() {
  const roomId = useRoomId();
  const unread = useRoom(unreadIn);
  useEffect(() => {
    document.title = tabTitle(roomId, unread);
  }, [roomId, unread]);
  return null;
}
