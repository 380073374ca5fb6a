import { isText, plain, stored } from "./stored.ts";

/**
 * The transport by which this browser last reached a room without WebSockets, and until when that
 * holds.
 */
export const storedRung = stored("parley.rung", plain(isText), undefined);
