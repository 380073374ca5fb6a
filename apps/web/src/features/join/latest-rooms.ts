import { storedRooms, type RecentRoom } from "../../storage/recent-rooms.ts";

/** How many rooms the join screen lists; the room screen lists the others. */
const LISTED_MAX = 6;

/** The rooms that were opened here last, the latest first. */
export function latestRooms(): readonly RecentRoom[] {
  return storedRooms().read().slice(0, LISTED_MAX);
}
