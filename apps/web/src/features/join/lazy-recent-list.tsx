import { lazyComponent } from "../../ui/lazy.tsx";
import { latestRooms } from "../../storage/recent-rooms.ts";

/** Fetched if there is something to list. */
const RecentList = lazyComponent(
  async () => (await import("./recent-list.tsx")).RecentList,
  undefined,
  Reserved,
);

/** The rooms that were opened here; nothing if there are none. */
export function LazyRecentList() {
  return latestRooms().length > 0 && <RecentList />;
}

/** As tall as the list, so that nothing above it moves when it arrives. */
function Reserved() {
  return <div style={{ height: `${1.625 + 3.25 * latestRooms().length}rem` }} />;
}
