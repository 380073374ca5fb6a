import { isText, listOf, plain, stored, tabStore } from "./stored.ts";

/** The rooms that are connected in this tab, the one that was shown last at the end. */
export const storedLiveRooms = stored("parley.live", listOf(isText), [], tabStore);

/**
 * The transport by which this browser last reached a room without WebSockets, and until when that
 * holds.
 */
export const storedRung = stored("parley.rung", plain(isText), undefined);
