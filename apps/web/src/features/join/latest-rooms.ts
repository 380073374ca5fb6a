import { storedRooms, type RecentRoom } from "../../storage/recent-rooms.ts";

/** Rooms that the join screen lists; the rest of them stand beside a talk. */
const LISTED_MAX = 6;

/** The rooms that were open here last, the latest first. */
export function latestRooms(): readonly RecentRoom[] {
  return storedRooms().read().slice(0, LISTED_MAX);
}
