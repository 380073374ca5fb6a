import { throwUnlessUnavailable, type Appended, type Draft, type RoomLog } from "../log/log.ts";
import { storeIdOf } from "./file-ids.ts";
import { asking, revoke, type Files } from "./files.ts";

type Deletion = Extract<Draft, { type: "deleted" }>;

/**
 * Adds a deletion to the log and removes the files of the message. The deletion is noted in their
 * manifests first, so that after a crash a sweep removes them (SPEC B4). If the log has its id
 * already, it was noted, or is refused.
 */
export async function appendDeletion(
  log: RoomLog,
  files: Files,
  logId: string,
  draft: Deletion,
  onFailure: (error: unknown) => void,
): Promise<Appended> {
  const { id, target, from } = draft.payload;
  const message = await log.find(logId, { id: target, author: from.id });
  const attached = message?.type === "chat" ? (message.payload.files ?? []) : [];
  const isKnown =
    attached.length > 0 && (await log.find(logId, { id, author: from.id, ofAnyKind: true }));
  for (const file of isKnown ? [] : attached) {
    const kept = await files.manifests.get(file.id);
    const isItsOwn = kept?.manifest.logId === logId && kept.manifest.message === target;
    if (isItsOwn) await files.manifests.change(file.id, kept, { deletion: id });
  }
  const appended = await log.append(logId, draft);
  if (appended.is === "new" || appended.is === "repeat") {
    for (const file of attached) {
      await revokeDeleted(files, file.id, id, onFailure).catch(throwUnlessUnavailable);
    }
  }
  return appended;
}

/** Nobody can read the file any more; its bytes are removed in the background. */
async function revokeDeleted(
  files: Files,
  id: string,
  deletion: string,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const kept = await files.manifests.get(id);
  if (kept?.manifest.deletion !== deletion || !(await revoke(files, id, kept))) return;
  const removed = files.store.delete(storeIdOf(id, kept.manifest));
  asking(removed).catch(throwUnlessUnavailable).catch(onFailure);
}
