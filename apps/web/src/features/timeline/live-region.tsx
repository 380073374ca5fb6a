import { useEffect, useState } from "react";
import { browserFrames } from "../../room/frame-batch.ts";
import { useRoom, useRoomStore } from "../../room/use-room.ts";
import { LazySetNews } from "../settings/lazy-settings.tsx";
import { type Announcement, watchAnnouncements } from "./announcements.ts";

/**
 * The live region for new messages and new settings.
 * @param after the `seq` after which messages are new
 */
export function LiveRegion({ after }: { after: number }) {
  const store = useRoomStore();
  const [announcements, setAnnouncements] = useState<readonly Announcement[]>([]);
  useEffect(
    () => watchAnnouncements(store, after, browserFrames, setAnnouncements),
    [store, after],
  );
  const lastSet = useRoom(({ setEntries }) => setEntries.at(-1));
  const isNews = useRoom(
    ({ openedAt, people }) =>
      lastSet !== undefined &&
      lastSet.payload.seq > Math.max(after, openedAt) &&
      lastSet.payload.from.id !== people?.self.id,
  );
  return (
    <div aria-live="polite" aria-relevant="additions" className="sr-only">
      {announcements.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
      {lastSet && isNews && <LazySetNews key={`set-${lastSet.payload.seq}`} entry={lastSet} />}
    </div>
  );
}
