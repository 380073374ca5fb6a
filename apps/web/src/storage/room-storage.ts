import { browserRoomStorage } from "@parley/client";
import { storedDeletions } from "./deletions.ts";
import { storedHookPaths } from "./hook-paths.ts";
import { storedFaces } from "./faces.ts";
import { storedDraft, storedReply } from "./drafts.ts";

/** What this browser stores of rooms: pending messages, and the last entries (SPEC D5). */
export const roomStorage = browserRoomStorage();

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
