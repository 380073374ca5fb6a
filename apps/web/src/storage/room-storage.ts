import { browserRoomStorage } from "@parley/client";

/** What this browser stores of rooms: pending messages, and the last entries (SPEC D5). */
export const roomStorage = browserRoomStorage();
