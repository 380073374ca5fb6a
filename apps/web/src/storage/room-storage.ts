import { browserRoomStorage } from "@parley/client";

/** What this browser keeps of rooms: what waits to be sent, and what was last seen (SPEC D5). */
export const roomStorage = browserRoomStorage();
