import { isText, plain, stored } from "./stored.ts";

/** How this browser last reached a room where WebSockets failed, and until when that holds. */
export const storedRung = stored("parley.rung", plain(isText), undefined);
