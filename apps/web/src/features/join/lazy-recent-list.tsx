import { lazyComponent } from "../../ui/lazy.tsx";
import { latestRooms } from "./latest-rooms.ts";

/** Fetched where there is something to list. */
const RecentList = lazyComponent(
  async () => (await import("./recent-list.tsx")).RecentList,
  undefined,
  Reserved,
);

/** The rooms that were open here; nothing where none was. */
export function LazyRecentList() {
  return latestRooms().length > 0 && <RecentList />;
}

/** As tall as the list, so that what is above it does not move as it comes. */
function Reserved() {
  return <div style={{ height: `${1.625 + 3.25 * latestRooms().length}rem` }} />;
}
