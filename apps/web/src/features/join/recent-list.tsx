import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { Flag } from "../../brand/flag.tsx";
import { flagOf } from "../../brand/flag-pattern.ts";
import { forgetRoom, recentRooms } from "../../remember/recent-rooms.ts";
import { roomPath } from "../../route.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { RouteLink } from "../../ui/route-link.tsx";
import { agoTitle } from "./ago.ts";

/** The rooms that were open here, each a step away. */
export function RecentList() {
  const [rooms, setRooms] = useState(recentRooms);
  const [now] = useState(() => Date.now());
  if (rooms.length === 0) return null;
  const forget = (roomId: string) => {
    forgetRoom(roomId);
    setRooms(recentRooms());
    void import("../../remember/forget-room.ts").then(
      ({ forgetContents }) => forgetContents(roomId),
      // Without the rest of the app there is no way to what it kept.
      () => undefined,
    );
  };
  return (
    <section aria-labelledby="recent-rooms">
      <h2 id="recent-rooms" className="mb-2 text-sm font-semibold text-ink-soft">
        Recent rooms
      </h2>
      <ul className="-mx-2 grid grid-cols-[minmax(0,1fr)]">
        {rooms.map(({ roomId, at }) => (
          <li key={roomId} className="group/recent flex items-center rounded-md hover:bg-hover">
            <RouteLink
              to={roomPath(roomId)}
              className="flex min-w-0 grow items-center gap-3 rounded-md px-2 py-2.5"
            >
              <Flag design={flagOf(roomId)} className="size-8 shrink-0" />
              <span className="min-w-0 grow truncate font-mono">{roomId}</span>
              <span className="shrink-0 text-sm text-ink-faint">{agoTitle(at, now)}</span>
            </RouteLink>
            <IconButton
              label={`Forget ${roomId}`}
              tip="Forget"
              className="can-hover:opacity-0 group-hover/recent:opacity-100 focus-visible:opacity-100"
              onClick={() => forget(roomId)}
            >
              <IconX aria-hidden="true" size={16} stroke={1.8} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
