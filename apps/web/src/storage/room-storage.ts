import { browserRoomStorage } from "@parley/client";
import { storedDeletions } from "./deletions.ts";
import { storedDraft, storedReply } from "./drafts.ts";

/** What this browser keeps of rooms: what waits to be sent, and what was last seen (SPEC D5). */
export const roomStorage = browserRoomStorage();

/** Forgets everything of a room but its name: what was seen, what waits, and what was being written. */
export async function forgetContents(roomId: string): Promise<void> {
  storedDraft(roomId).write("");
  storedReply(roomId).write(undefined);
  storedDeletions(roomId).write([]);
  // Where nothing can be kept, nothing is.
  await roomStorage.forgetRoom(roomId).catch(() => undefined);
}
