import { isText, listOf, stored, tabStore } from "./stored.ts";

/** The rooms that are connected in this tab, the one that was shown last at the end. */
export const storedLiveRooms = stored("parley.live", listOf(isText), [], tabStore);
