import { keepDeletions } from "./deletions.ts";
import { keepDraft } from "./drafts.ts";
import { roomStorage } from "./room-storage.ts";

/** Forgets everything of a room but its name: what was seen, what waits, and what was being written. */
export async function forgetContents(roomId: string): Promise<void> {
  keepDraft(roomId, "");
  keepDeletions(roomId, []);
  // Where nothing can be kept, nothing is.
  await roomStorage.forgetRoom(roomId).catch(() => undefined);
}
