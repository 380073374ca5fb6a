import { storedDeletions } from "./deletions.ts";
import { storedDraft, storedReply } from "./drafts.ts";
import { storedFaces } from "./faces.ts";
import { storedHookPaths } from "./hook-paths.ts";
import { roomStorage } from "./room-storage.ts";

/** Deletes all of a room except its name: its entries, pending messages and draft. */
export async function forgetContents(roomId: string): Promise<void> {
  storedDraft(roomId).write("");
  storedReply(roomId).write(undefined);
  storedDeletions(roomId).write([]);
  storedHookPaths(roomId).write([]);
  storedFaces(roomId).write(new Map());
  await roomStorage.forgetRoom(roomId).catch((error: unknown) => {
    // If nothing can be stored, nothing is.
    if (!(error instanceof DOMException)) throw error;
  });
}
