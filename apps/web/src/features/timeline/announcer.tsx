import { useMemo } from "react";
import { useRoom } from "../../room/room-context.ts";
import { announcementsOf } from "./announcements.ts";

/** Reads new messages out; apart from the list, whose lines come and go as one scrolls. */
export function Announcer() {
  const messages = useRoom((state) => state.messages);
  const openedAt = useRoom((state) => state.openedAt);
  const selfId = useRoom(({ people }) => people?.self.id);
  const lines = useMemo(
    () => announcementsOf(messages, openedAt, selfId),
    [messages, openedAt, selfId],
  );
  return (
    <div aria-live="polite" aria-relevant="additions" className="sr-only">
      {lines.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
