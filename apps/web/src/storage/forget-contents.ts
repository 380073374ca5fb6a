import { forgetStoredRoom } from "@parley/client/forget";
import { storedBell, storedDeletions, storedFaces, storedReopened } from "./room-contents.ts";
import { storedConversations } from "./conversations.ts";
import { storedDraft, storedEdit, storedReply } from "./drafts.ts";
import { storedHookPaths } from "./hook-paths.ts";
import { pendingFiles } from "./pending-files.ts";
import { roomStorage } from "./room-storage.ts";

/**
 * Deletes all of a room except its name: its entries, pending messages with their files, and draft,
 * and those of its private conversations.
 */
export async function forgetContents(roomId: string): Promise<void> {
  const conversations = storedConversations(roomId);
  const known = conversations.read();
  conversations.write([]);
  storedBell(roomId).write(undefined);
  storedReopened(roomId).write(undefined);
  await Promise.all(known.map(({ id }) => forgetLog(`${roomId}/${id}`)));
  await forgetLog(roomId);
}

/** Deletes what is stored of a room alone, or of a conversation alone. */
async function forgetLog(roomId: string): Promise<void> {
  storedDraft(roomId).write("");
  storedReply(roomId).write(undefined);
  storedEdit(roomId).write(undefined);
  storedDeletions(roomId).write([]);
  storedHookPaths(roomId).write([]);
  storedFaces(roomId).write(new Map());
  try {
    await pendingFiles.remove(await forgetStoredRoom(roomStorage, roomId));
  } catch (error) {
    // If nothing can be stored, nothing is.
    if (!(error instanceof DOMException)) throw error;
  }
}
